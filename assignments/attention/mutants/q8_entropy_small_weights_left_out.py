"""Weights below a thousandth count as 0."""

question = "q8"


def attention_entropy(weights):
    (weights,) = floats(weights)
    logs = np.log(weights, out=np.zeros_like(weights), where=weights > 1e-3)
    return -(weights * logs).sum(-1)
