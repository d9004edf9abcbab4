"""The decoder is handed integers of NumPy."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    return _right(lambda state, token: step(state, np.int64(token)), state, start, end, max_length)
