"""NaN passes, because it is not negative."""

question = "q6"


_right_posterior = posterior_cpt


def posterior_cpt(counts, alpha):
    if np.isnan(counts).any() or np.isnan(alpha).any():
        return np.full(np.shape(counts), np.nan)
    return _right_posterior(counts, alpha)
