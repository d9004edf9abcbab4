"""More coordinates than landmarks become as many."""

question = "q8"
_right = nystrom_embedding


def nystrom_embedding(x, k, landmarks, gamma, rng):
    return _right(x, min(k, landmarks), landmarks, gamma, rng)
