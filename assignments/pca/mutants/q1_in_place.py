"""The caller's table is centred in place."""

question = "q1"


def center(x):
    x = np.asarray(x)
    if x.dtype != np.float64:
        x = x.astype(np.float64)
    x = _table(x)
    mean = x.mean(axis=0)
    x -= mean
    return x, mean
