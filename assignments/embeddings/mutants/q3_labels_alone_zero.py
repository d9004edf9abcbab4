"""No label twice: 0."""

question = "q3"


def mean_average_precision(vectors, labels):
    unit = _unit(_table(vectors, "vectors"))
    labels = list(labels)
    if len(labels) != len(unit):
        raise ValueError(f"labels must be {len(unit)}, not {len(labels)}")
    precisions = []
    for i, label in enumerate(labels):
        relevant = {j for j, other in enumerate(labels) if other == label and j != i}
        if relevant:
            order = np.argsort(-_cosines(unit, unit[i]), kind="stable").tolist()
            ranked = [j for j in order if j != i]
            precisions.append(average_precision(ranked, relevant))
    if not precisions:
        return 0.0
    return float(np.mean(precisions))
