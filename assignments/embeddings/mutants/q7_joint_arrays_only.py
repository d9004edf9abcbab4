"""Lists are refused."""

question = "q7"


def joint_affinities(conditional):
    if isinstance(conditional, list):
        raise TypeError("conditional")
    p = _square(conditional, "conditional")
    return (p + p.T) / (2 * len(p))
