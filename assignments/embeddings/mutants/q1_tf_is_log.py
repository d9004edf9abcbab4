"""1 + ln(count) instead of the count."""

question = "q1"


def tf_idf(counts):
    counts = _table(counts, "counts")
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    return _unit(np.log1p(counts) * np.log((1 + len(counts)) / (1 + documents_with)))
