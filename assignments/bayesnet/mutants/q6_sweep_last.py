"""prior_sweep puts the axis of the alphas last."""

question = "q6"


def prior_sweep(counts, alphas):
    return np.stack([posterior_cpt(counts, alpha) for alpha in alphas], axis=-1)
