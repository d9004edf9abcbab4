"""The mode of the posterior is taken, (c + alpha - 1), instead of its mean."""

question = "q6"


_right_cpt = posterior_cpt


def posterior_cpt(counts, alpha):
    _right_cpt(counts, alpha)
    counts, alpha = np.asarray(counts, dtype=float), np.asarray(alpha, dtype=float)
    if alpha.shape == counts.shape[:-1]:
        alpha = alpha[..., None]
    alpha = np.broadcast_to(alpha, counts.shape)
    return _shares(np.maximum(counts + alpha - 1, 0))
