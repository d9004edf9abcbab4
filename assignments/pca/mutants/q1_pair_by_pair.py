"""A Python loop over all pairs of columns."""

question = "q1"


def covariance(x):
    x = _table(x)
    xc = x - x.mean(axis=0)
    d = x.shape[1]
    c = np.zeros((d, d))
    for i in range(d):
        for j in range(d):
            c[i, j] = (xc[:, i] * xc[:, j]).sum() / (len(x) - 1)
    return c
