"""A symbol of weight 0 needs no word."""

question = "q5"


_average_length = average_length


def average_length(weights, code):
    return _average_length({s: w for s, w in weights.items() if w or s in code}, code)
