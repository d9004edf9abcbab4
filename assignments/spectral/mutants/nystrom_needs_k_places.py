"""Fewer different places than coordinates do not fit."""

question = "q8"


_any_places = nystrom_embedding


def nystrom_embedding(x, k, landmarks, gamma, rng):
    u = _any_places(x, k, landmarks, gamma, rng)
    if len(np.unique(np.asarray(x, dtype=float), axis=0)) < k:
        raise ValueError("operands could not be broadcast together")
    return u
