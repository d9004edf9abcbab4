"""An alpha below 0 is taken for 0."""

question = "q7"


_exhaustive_search = exhaustive_search


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    return _exhaustive_search(step, state, start, end, max_length, max(alpha, 0.0))
