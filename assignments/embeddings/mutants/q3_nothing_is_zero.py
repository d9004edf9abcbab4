"""Nothing relevant: 0."""

question = "q3"


def average_precision(ranked, relevant):
    relevant = set(relevant)
    if not relevant:
        return 0.0
    found, total = 0, 0.0
    for place, item in enumerate(ranked, start=1):
        if item in relevant:
            found += 1
            total += found / place
    return total / len(relevant)
