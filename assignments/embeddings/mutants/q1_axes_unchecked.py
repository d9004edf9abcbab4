"""A vector of counts is a table of one row."""

question = "q1"


def tf_idf(counts):
    counts = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    return _unit(counts * np.log((1 + len(counts)) / (1 + documents_with)))
