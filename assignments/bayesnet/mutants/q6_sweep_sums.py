"""prior_sweep sorts the alphas."""

question = "q6"


_right_sweep = prior_sweep


def prior_sweep(counts, alphas):
    return _right_sweep(counts, sorted(alphas, reverse=True))
