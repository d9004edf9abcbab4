"""Landmarks come from a generator of its own without a seed."""

question = "q8"
_right = nystrom_embedding


def nystrom_embedding(x, k, landmarks, gamma, rng):
    return _right(x, k, landmarks, gamma, np.random.default_rng())
