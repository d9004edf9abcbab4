"""The whole table is normalized instead of each row."""

question = "q6"


_right_cpt = posterior_cpt


def posterior_cpt(counts, alpha):
    right = _right_cpt(counts, alpha)
    counts, alpha = np.asarray(counts, dtype=float), np.asarray(alpha, dtype=float)
    if alpha.shape == counts.shape[:-1]:
        alpha = alpha[..., None]
    alpha = np.broadcast_to(alpha, counts.shape)
    mass = counts + alpha
    return right if mass.sum() == 0 else mass / mass.sum()
