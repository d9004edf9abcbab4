"""Points are taken in the order in which they lie in memory."""

question = "q7"


_conditional_affinities = conditional_affinities


def conditional_affinities(x, perplexity):
    x = np.asarray(x)
    return _conditional_affinities(x.ravel(order="K").reshape(x.shape), perplexity)
