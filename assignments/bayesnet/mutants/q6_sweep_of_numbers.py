"""Each prior of a sweep must be a number."""

question = "q6"


_right_sweep = prior_sweep


def prior_sweep(counts, alphas):
    return _right_sweep(counts, [float(alpha) for alpha in alphas])
