"""Nothing at all is 0 bits long."""

question = "q5"


def average_length(weights, code):
    total = sum(weights.values())
    if not weights.keys() <= code.keys():
        raise ValueError(f"code has no word for {sorted(weights.keys() - code.keys(), key=str)}")
    if total <= 0:
        return 0.0
    return sum(weight * len(code[symbol]) for symbol, weight in weights.items()) / total
