"""A query may look only at what came before, not at itself."""

question = "q1"


def causal_mask(t):
    return np.tri(t, k=-1, dtype=bool)
