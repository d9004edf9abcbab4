"""A row of tiny mass is taken for empty."""

question = "q6"


_right_posterior = posterior_cpt


def posterior_cpt(counts, alpha):
    answer = _right_posterior(counts, alpha)
    mass = np.asarray(counts, dtype=float).sum(axis=-1)
    tiny = (mass > 0) & (mass < 1e-12) & (np.max(alpha) == 0)
    return np.where(tiny[..., None], 1 / answer.shape[-1], answer)
