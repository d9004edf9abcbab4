"""The probabilities of float32 points are float32."""

question = "q7"


_conditional_affinities = conditional_affinities


def conditional_affinities(x, perplexity):
    found = _conditional_affinities(x, perplexity)
    return found.astype(np.float32) if np.asarray(x).dtype == np.float32 else found
