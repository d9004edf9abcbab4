"""An empty list is an error."""

question = "q3"


def average_precision(ranked, relevant):
    relevant = set(relevant)
    if not len(ranked):
        raise ValueError("ranked is empty")
    if not relevant:
        raise ValueError("relevant must hold at least one item")
    found, total = 0, 0.0
    for place, item in enumerate(ranked, start=1):
        if item in relevant:
            found += 1
            total += found / place
    return total / len(relevant)
