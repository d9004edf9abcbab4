"""Negative counts are cut to 0."""

question = "q6"


_right_posterior = posterior_cpt


def posterior_cpt(counts, alpha):
    counts = np.asarray(counts, dtype=float)
    return _right_posterior(np.where(counts < 0, 0, counts), alpha)
