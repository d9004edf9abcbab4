"""Any alpha that can be broadcast is taken."""

question = "q6"


_right_posterior = posterior_cpt


def posterior_cpt(counts, alpha):
    counts, alpha = np.asarray(counts, dtype=float), np.asarray(alpha, dtype=float)
    if alpha.shape not in ((), counts.shape, counts.shape[:-1]):
        alpha = np.broadcast_to(alpha, counts.shape)
    return _right_posterior(counts, alpha)
