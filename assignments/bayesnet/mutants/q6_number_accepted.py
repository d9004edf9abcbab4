"""A single number is taken for a row of one state."""

question = "q6"


_right_posterior = posterior_cpt


def posterior_cpt(counts, alpha):
    return _right_posterior(np.atleast_1d(counts), alpha)
