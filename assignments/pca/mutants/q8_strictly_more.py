"""The threshold must be exceeded."""

question = "q8"


def components_for(ratio, threshold):
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be in (0, 1], not {threshold}")
    reached = np.cumsum(ratio) > threshold + 1e-12
    if not reached.any():
        raise ValueError("threshold is not reached")
    return int(np.argmax(reached)) + 1
