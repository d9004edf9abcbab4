"""The mask is shifted by one: each query sees the next token."""

question = "q1"


def causal_mask(t):
    return np.tri(t, k=1, dtype=bool)
