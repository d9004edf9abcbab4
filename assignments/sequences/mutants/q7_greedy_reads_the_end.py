"""The decoder reads the last token too."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    tokens, score = _right(step, state, start, end, max_length)
    step(state, tokens[-1])
    return tokens, score
