"""Every column has its own speed: sine and cosine of a pair do not belong together."""

question = "q5"


def sinusoidal(t, d):
    columns = np.arange(d)
    angles = np.multiply.outer(np.arange(t), 10000.0 ** (-columns / d))
    return np.where(columns % 2, np.cos(angles), np.sin(angles))
