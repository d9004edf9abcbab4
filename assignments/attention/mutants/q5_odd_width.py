"""An odd d is rounded down where the speeds are computed."""

question = "q5"


def sinusoidal(t, d):
    even = d - d % 2
    encoding = np.zeros((t, d))
    if even:
        angles = _angles(np.arange(t), even, 10000.0)
        encoding[:, 0:even:2] = np.sin(angles)
        encoding[:, 1:even:2] = np.cos(angles)
    return encoding
