"""Each row is centred by its own mean."""

question = "q1"


def center(x):
    x = _table(x)
    mean = x.mean(axis=1)
    return x - mean[:, None], mean
