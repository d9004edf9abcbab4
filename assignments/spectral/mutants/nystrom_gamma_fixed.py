"""gamma does not reach the affinity."""

question = "q8"
_right = nystrom_embedding


def nystrom_embedding(x, k, landmarks, gamma, rng):
    return _right(x, k, landmarks, 1.0 if gamma > 0 else gamma, rng)
