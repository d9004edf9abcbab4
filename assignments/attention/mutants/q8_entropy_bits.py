"""Bits instead of nats."""

question = "q8"


def attention_entropy(weights):
    (weights,) = floats(weights)
    logs = np.log2(weights, out=np.zeros_like(weights), where=weights > 0)
    return -(weights * logs).sum(-1)
