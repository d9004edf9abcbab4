"""No allowance for rounding."""

question = "q8"


def components_for(ratio, threshold):
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be in (0, 1], not {threshold}")
    reached = np.cumsum(ratio) >= threshold
    if not reached.any():
        raise ValueError("threshold is not reached")
    return int(np.argmax(reached)) + 1
