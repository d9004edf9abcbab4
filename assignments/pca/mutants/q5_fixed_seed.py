"""A generator of its own with a fixed seed."""

question = "q5"


def randomized_pca(x, k, oversample, power_iterations, rng):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, min(n, d))
    _between("oversample", oversample, 0, np.inf)
    _between("power_iterations", power_iterations, 0, np.inf)
    mean = x.mean(axis=0)
    xc = x - mean
    z = np.random.default_rng(0).standard_normal((d, min(k + oversample, n, d)))
    for _ in range(power_iterations + 1):
        z = np.linalg.qr(xc.T @ (xc @ z))[0]
    y = xc @ z
    values, w = np.linalg.eigh(y.T @ y)
    total = np.vdot(xc, xc) / (n - 1)
    return _pca((z @ w[:, ::-1][:, :k]).T, values[::-1][:k] / (n - 1), total, mean)
