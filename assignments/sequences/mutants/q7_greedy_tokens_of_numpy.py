"""Tokens are integers of NumPy."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    tokens, score = _right(step, state, start, end, max_length)
    return [np.int64(token) for token in tokens], score
