"""(P + Pᵀ) / 2."""

question = "q7"


def joint_affinities(conditional):
    p = _square(conditional, "conditional")
    return (p + p.T) / 2
