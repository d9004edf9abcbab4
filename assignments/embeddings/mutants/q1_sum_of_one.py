"""Rows sum to 1."""

question = "q1"


def tf_idf(counts):
    counts = _table(counts, "counts")
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    x = counts * np.log((1 + len(counts)) / (1 + documents_with))
    total = x.sum(axis=1, keepdims=True)
    return x / np.where(total > 0, total, 1.0)
