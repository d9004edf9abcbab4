"""Counts are taken in the order in which they lie in memory."""

question = "q1"


_tf_idf = tf_idf


def tf_idf(counts):
    x = np.asarray(counts)
    return _tf_idf(x.ravel(order="K").reshape(x.shape))
