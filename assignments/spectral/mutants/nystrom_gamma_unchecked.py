"""The sign of gamma does not matter, and 0 is taken for 1."""

question = "q8"
_right = nystrom_embedding


def nystrom_embedding(x, k, landmarks, gamma, rng):
    return _right(x, k, landmarks, abs(gamma) or 1.0, rng)
