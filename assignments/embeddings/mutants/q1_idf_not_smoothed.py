"""ln(D / df), which divides by zero."""

question = "q1"


def tf_idf(counts):
    counts = _table(counts, "counts")
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    return _unit(counts * np.log(len(counts) / np.maximum(documents_with, 1e-9)))
