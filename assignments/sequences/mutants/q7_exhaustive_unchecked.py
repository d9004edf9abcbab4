"""A maximum of 0 is taken."""

question = "q7"


_right = exhaustive_search


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    if max_length < 1:
        return [], 0.0
    return _right(step, state, start, end, max_length, alpha)
