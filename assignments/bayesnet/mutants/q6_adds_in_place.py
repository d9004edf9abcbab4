"""Pseudocounts are added to the caller's counts."""

question = "q6"


_right_posterior = posterior_cpt


def posterior_cpt(counts, alpha):
    answer = _right_posterior(counts, alpha)
    if isinstance(counts, np.ndarray) and counts.dtype == np.float64:
        spread = np.asarray(alpha, dtype=float)
        counts += spread[..., None] if spread.shape == counts.shape[:-1] else spread
    return answer
