"""A maximum of 0 is taken."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    if max_length < 1:
        return [], 0.0
    return _right(step, state, start, end, max_length)
