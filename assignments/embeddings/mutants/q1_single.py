"""Single precision."""

question = "q1"


def tf_idf(counts):
    counts = _table(counts, "counts")
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    return _unit(counts * np.log((1 + len(counts)) / (1 + documents_with))).astype(np.float32)
