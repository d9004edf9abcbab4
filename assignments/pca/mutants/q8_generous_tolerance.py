"""np.isclose with its default tolerance of 1e-5."""

question = "q8"


def components_for(ratio, threshold):
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be in (0, 1], not {threshold}")
    total = np.cumsum(ratio)
    reached = (total >= threshold) | np.isclose(total, threshold)
    if not reached.any():
        raise ValueError("threshold is not reached")
    return int(np.argmax(reached)) + 1
