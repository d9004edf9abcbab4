"""The same point may be a landmark twice."""

question = "q8"
_right = nystrom_embedding


class _Twice:
    def __init__(self, rng):
        self._rng = rng

    def choice(self, n, size, replace=False):
        return self._rng.choice(n, size)


def nystrom_embedding(x, k, landmarks, gamma, rng):
    return _right(x, k, landmarks, gamma, _Twice(rng))
