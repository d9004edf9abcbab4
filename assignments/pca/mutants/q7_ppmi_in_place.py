"""Counts are divided where they lie."""

question = "q7"


_right_ppmi = ppmi


def ppmi(counts):
    answer = _right_ppmi(counts)
    if isinstance(counts, np.ndarray) and counts.dtype == np.float64 and counts.any():
        counts /= counts.sum()
    return answer
