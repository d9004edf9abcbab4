"""The table is in single precision."""

question = "q6"


_right_posterior = posterior_cpt


def posterior_cpt(counts, alpha):
    return _right_posterior(counts, alpha).astype(np.float32)
