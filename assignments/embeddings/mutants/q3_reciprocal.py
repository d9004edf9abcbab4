"""Only the first hit counts."""

question = "q3"


def average_precision(ranked, relevant):
    relevant = set(relevant)
    if not relevant:
        raise ValueError("relevant must hold at least one item")
    found, total = 0, 0.0
    for place, item in enumerate(ranked, start=1):
        if item in relevant:
            found += 1
            total += found / place
    return 1 / min(p for p, item in enumerate(ranked, 1) if item in relevant) if found else 0.0
