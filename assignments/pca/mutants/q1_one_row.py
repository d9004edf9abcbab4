"""A single row is accepted."""

question = "q1"


def covariance(x):
    x = _table(x, rows=1)
    xc = x - x.mean(axis=0)
    return xc.T @ xc / max(len(x) - 1, 1)
