"""The denominator grows by one alpha instead of one per state."""

question = "q6"


_right_cpt = posterior_cpt


def posterior_cpt(counts, alpha):
    right = _right_cpt(counts, alpha)
    counts, alpha = np.asarray(counts, dtype=float), np.asarray(alpha, dtype=float)
    if alpha.shape == counts.shape[:-1]:
        alpha = alpha[..., None]
    alpha = np.broadcast_to(alpha, counts.shape)
    total = counts.sum(axis=-1, keepdims=True) + alpha[..., :1]
    return np.divide(counts + alpha, total, out=np.array(right), where=total > 0)
