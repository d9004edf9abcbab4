"""Weights are taken for probabilities."""

question = "q5"


def average_length(weights, code):
    total = sum(weights.values())
    if not weights.keys() <= code.keys():
        raise ValueError(f"code has no word for {sorted(weights.keys() - code.keys(), key=str)}")
    if total <= 0:
        raise ValueError("weights must sum to more than 0")
    return sum(weight * len(code[symbol]) for symbol, weight in weights.items())
