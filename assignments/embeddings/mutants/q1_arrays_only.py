"""Lists of counts are refused."""

question = "q1"


def tf_idf(counts):
    if isinstance(counts, list):
        raise TypeError("counts must be an array")
    counts = _table(counts, "counts")
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    return _unit(counts * np.log((1 + len(counts)) / (1 + documents_with)))
