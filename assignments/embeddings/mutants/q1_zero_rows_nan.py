"""A row of zeros becomes NaN."""

question = "q1"


def tf_idf(counts):
    counts = _table(counts, "counts")
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    x = counts * np.log((1 + len(counts)) / (1 + documents_with))
    with np.errstate(invalid="ignore"):
        return x / np.linalg.norm(x, axis=1, keepdims=True)
