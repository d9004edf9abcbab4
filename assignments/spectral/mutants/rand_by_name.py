"""Labels are compared by name."""

question = "q6"


def adjusted_rand(a, b):
    a, b = list(a), list(b)
    if len(a) != len(b) or not a:
        raise ValueError("a and b must be equally long and not empty")
    return sum(c == e for c, e in zip(a, b)) / len(a)
