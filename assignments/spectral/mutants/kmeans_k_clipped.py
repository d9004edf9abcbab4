"""More centres than points become as many as points."""

question = "q4"
_right = kmeans


def kmeans(x, k, rng, n_init=10):
    return _right(x, min(k, len(_points(x))), rng, n_init)
