"""The geometric mean."""

question = "q7"


def joint_affinities(conditional):
    p = _square(conditional, "conditional")
    root = np.sqrt(p * p.T)
    return root / root.sum()
