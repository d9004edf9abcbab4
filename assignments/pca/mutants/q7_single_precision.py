"""PPMI is in single precision."""

question = "q7"


_right_ppmi = ppmi


def ppmi(counts):
    return _right_ppmi(counts).astype(np.float32)
