"""The weights are divided by their sum, in the caller's dict."""

question = "q5"


_average_length = average_length


def average_length(weights, code):
    found = _average_length(weights, code)
    t = sum(weights.values())
    for s in weights:
        weights[s] /= t
    return found
