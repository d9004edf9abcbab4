"""A sentence is cut one token late."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    return _right(step, state, start, end, max_length + (max_length > 0))
