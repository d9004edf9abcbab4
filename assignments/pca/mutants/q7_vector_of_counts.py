"""A vector of counts is taken for a table with one row."""

question = "q7"


_right_ppmi = ppmi


def ppmi(counts):
    return _right_ppmi(np.atleast_2d(counts))
