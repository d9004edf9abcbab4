"""Every step begins at the first state."""

question = "q7"


_right = greedy_search


def greedy_search(step, state, start, end, max_length):
    first = state
    return _right(
        lambda state, token: (step(first, token)[0], state), state, start, end, max_length
    )
