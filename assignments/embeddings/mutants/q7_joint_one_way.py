"""P / n."""

question = "q7"


def joint_affinities(conditional):
    p = _square(conditional, "conditional")
    return p / len(p)
