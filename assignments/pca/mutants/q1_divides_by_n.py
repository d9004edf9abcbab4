"""The covariance is divided by n."""

question = "q1"


def covariance(x):
    x = _table(x)
    xc = x - x.mean(axis=0)
    return xc.T @ xc / len(x)
