"""Without an argument length counts."""

question = "q7"


def exhaustive_search(step, state, start, end, max_length, alpha=0.5):
    _at_least_one(max_length=max_length)
    return _search(step, state, start, end, None, max_length, alpha)
