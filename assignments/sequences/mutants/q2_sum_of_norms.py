"""The norms of the arrays are added."""

question = "q2"


def clip_gradients(gradients, max_norm):
    if not max_norm > 0:
        raise ValueError(f"max_norm must be above 0, not {max_norm}")
    norm = float(sum(np.sqrt(np.sum(np.square(g))) for g in gradients.values()))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: factor * np.asarray(g) for name, g in gradients.items()}, norm
