"""One alpha per row is taken for one per state where the table is square."""

question = "q6"


def posterior_cpt(counts, alpha):
    counts, alpha = np.asarray(counts, dtype=float), np.asarray(alpha, dtype=float)
    if (counts < 0).any() or (alpha < 0).any():
        raise ValueError("counts and alpha must not be negative")
    if alpha.ndim and alpha.shape not in (counts.shape, counts.shape[:-1]):
        raise ValueError("alpha does not fit")
    try:
        return _shares(counts + alpha)
    except ValueError:
        return _shares(counts + alpha[..., None])
