"""Symbols without a word cost nothing."""

question = "q5"


def average_length(weights, code):
    total = sum(weights.values())
    if total <= 0:
        raise ValueError("weights must sum to more than 0")
    return sum(weight * len(code.get(symbol, "")) for symbol, weight in weights.items()) / total
