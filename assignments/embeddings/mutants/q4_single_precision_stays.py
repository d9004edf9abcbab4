"""The probabilities for float32 counts are float32."""

question = "q4"


_keep_probability = keep_probability


def keep_probability(counts, t=0.001):
    found = _keep_probability(counts, t)
    return found.astype(np.float32) if np.asarray(counts).dtype == np.float32 else found
