"""More landmarks than points become as many."""

question = "q8"
_right = nystrom_embedding


def nystrom_embedding(x, k, landmarks, gamma, rng):
    return _right(x, k, min(landmarks, len(_points(x))), gamma, rng)
