"""Length does not count."""

question = "q7"


def exhaustive_search(step, state, start, end, max_length, alpha=0.0):
    _at_least_one(max_length=max_length)
    return _search(step, state, start, end, None, max_length, 0.0)
