"""Sines in the first half of the columns, cosines in the second."""

question = "q5"


def sinusoidal(t, d):
    angles = _angles(np.arange(t), d, 10000.0)
    return np.concatenate([np.sin(angles), np.cos(angles[:, : d // 2])], axis=1)
