"""Positions are counted from 1."""

question = "q5"


def sinusoidal(t, d):
    angles = _angles(np.arange(1, t + 1), d, 10000.0)
    encoding = np.empty((t, d))
    encoding[:, 0::2] = np.sin(angles)
    encoding[:, 1::2] = np.cos(angles[:, : d // 2])
    return encoding
