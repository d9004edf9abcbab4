"""The mask holds 0.0 and 1.0."""

question = "q1"


def causal_mask(t):
    return np.tri(t)
