"""Places count from 0."""

question = "q3"


def average_precision(ranked, relevant):
    relevant = set(relevant)
    if not relevant:
        raise ValueError("relevant must hold at least one item")
    found, total = 0, 0.0
    for place, item in enumerate(ranked, start=0):
        if item in relevant:
            found += 1
            total += found / max(place, 1)
    return total / len(relevant)
