"""Mean of products minus product of means: no digits left when the mean is large."""

question = "q1"


def covariance(x):
    x = _table(x)
    n, mean = len(x), x.mean(axis=0)
    return (x.T @ x - n * np.outer(mean, mean)) / (n - 1)
