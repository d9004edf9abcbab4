"""P is changed where it is."""

question = "q7"


def joint_affinities(conditional):
    p = _square(conditional, "conditional")
    p += p.T.copy()
    p /= 2 * len(p)
    return p
