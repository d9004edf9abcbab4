"""x has to be an array."""

question = "q8"
_right = nystrom_embedding


def nystrom_embedding(x, k, landmarks, gamma, rng):
    return _right(x.astype(float), k, landmarks, gamma, rng)
