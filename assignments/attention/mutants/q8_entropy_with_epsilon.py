"""A small number is added inside the logarithm, and the value is a little off."""

question = "q8"


def attention_entropy(weights):
    (weights,) = floats(weights)
    return -(weights * np.log(weights + 1e-6)).sum(-1)
