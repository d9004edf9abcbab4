"""The start is part of the result."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    tokens, score = _right(step, state, start, end, max_length)
    return [start, *tokens], score
