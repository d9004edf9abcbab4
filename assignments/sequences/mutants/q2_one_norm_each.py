"""Each array is clipped by its own norm."""

question = "q2"


def clip_gradients(gradients, max_norm):
    if not max_norm > 0:
        raise ValueError(f"max_norm must be above 0, not {max_norm}")
    norm = float(np.sqrt(sum(np.sum(np.square(g)) for g in gradients.values())))
    max_norm / norm if norm > max_norm else 1.0
    return {
        name: min(1.0, max_norm / (np.linalg.norm(g) or 1.0)) * np.asarray(g)
        for name, g in gradients.items()
    }, norm
