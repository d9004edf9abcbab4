"""Counts below 1e-12 count as 0."""

question = "q1"


_tf_idf = tf_idf


def tf_idf(counts):
    counts = np.array(counts, dtype=float)
    counts[(counts > 0) & (counts < 1e-12)] = 0
    return _tf_idf(counts)
