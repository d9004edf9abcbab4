"""The document itself is in its list."""

question = "q3"


def mean_average_precision(vectors, labels):
    vectors = _table(vectors, "vectors")
    labels = list(labels)
    if len(labels) != len(vectors):
        raise ValueError(f"labels must be {len(vectors)}, not {len(labels)}")
    precisions = []
    for i, label in enumerate(labels):
        relevant = {j for j, other in enumerate(labels) if other == label and j != i}
        if relevant:
            ranked = ranking(vectors, vectors[i]).tolist()
            precisions.append(average_precision(ranked, relevant))
    if not precisions:
        raise ValueError("labels: no label stands twice")
    return float(np.mean(precisions))
