"""The end does not end a sentence."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    return _right(step, state, start, -1, max_length)
