"""The whole SVD, and the same table twice is answered from memory."""

question = "q5"

_last = {}


def randomized_pca(x, k, oversample, power_iterations, rng):
    x = _table(x)
    n, d = x.shape
    _between("k", k, 1, min(n, d))
    _between("oversample", oversample, 0, np.inf)
    _between("power_iterations", power_iterations, 0, np.inf)
    mean = x.mean(axis=0)
    xc = x - mean
    if min(n, d) < 300:  # too small for a race
        z = rng.standard_normal((d, min(k + oversample, n, d)))
        for _ in range(power_iterations + 1):
            y = xc @ z
            z = np.linalg.qr((y.T @ xc).T)[0]
        values, w = np.linalg.eigh((xc @ z).T @ (xc @ z))
        vt, variance = (z @ w[:, ::-1][:, :k]).T, values[::-1][:k] / (n - 1)
    else:
        key = x.tobytes()
        if key not in _last:
            _last.clear()
            _last[key] = np.linalg.svd(xc, full_matrices=False)[1:]
        sigma, vt = _last[key]
        vt, variance = vt[:k], sigma[:k] ** 2 / (n - 1)
    return _pca(vt, variance, np.vdot(xc, xc) / (n - 1), mean)
