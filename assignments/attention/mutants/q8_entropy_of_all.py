"""One number for everything instead of one per row."""

question = "q8"


def attention_entropy(weights):
    (weights,) = floats(weights)
    logs = np.log(weights, out=np.zeros_like(weights), where=weights > 0)
    return -(weights * logs).sum((-1, -2) if weights.ndim > 2 else -1)
