"""0 · ln 0 is NaN."""

question = "q8"


def attention_entropy(weights):
    (weights,) = floats(weights)
    return -(weights * np.log(weights)).sum(-1)
