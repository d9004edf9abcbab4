"""Any table is accepted."""

question = "q7"


def joint_affinities(conditional):
    p = np.asarray(conditional, dtype=np.float64)
    return (p + p.T) / (2 * len(p))
