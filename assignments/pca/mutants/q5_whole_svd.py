"""The whole SVD, with some random numbers drawn for show."""

question = "q5"


def randomized_pca(x, k, oversample, power_iterations, rng):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, min(n, d))
    _between("oversample", oversample, 0, np.inf)
    _between("power_iterations", power_iterations, 0, np.inf)
    mean = x.mean(axis=0)
    rng.standard_normal(k)
    xc = x - mean
    _, sigma, vt = np.linalg.svd(xc, full_matrices=False)
    return _pca(vt[:k], sigma[:k] ** 2 / (n - 1), np.vdot(xc, xc) / (n - 1), mean)
