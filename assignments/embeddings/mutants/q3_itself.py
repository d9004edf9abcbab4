"""The document itself is in its list."""

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
            ranked = order
            precisions.append(average_precision(ranked, relevant))
    if not precisions:
        raise ValueError("labels: no label stands twice")
    return float(np.mean(precisions))
