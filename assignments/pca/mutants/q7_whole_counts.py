"""Counts are taken for integers."""

question = "q7"


_right_ppmi = ppmi


def ppmi(counts):
    counts = np.asarray(counts, dtype=float)
    return _right_ppmi(np.floor(counts))
