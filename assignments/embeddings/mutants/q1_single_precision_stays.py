"""The weights of float32 counts are float32."""

question = "q1"


_tf_idf = tf_idf


def tf_idf(counts):
    found = _tf_idf(counts)
    return found.astype(np.float32) if np.asarray(counts).dtype == np.float32 else found
