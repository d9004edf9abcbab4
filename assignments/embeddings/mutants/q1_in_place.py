"""The weights are written into the counts."""

question = "q1"


def tf_idf(counts):
    counts = _table(counts, "counts")
    _not_negative("counts", counts)
    documents_with = np.count_nonzero(counts, axis=0)  # (V,)
    if counts.flags.writeable:
        counts *= np.log((1 + len(counts)) / (1 + documents_with))
    return _unit(counts)
