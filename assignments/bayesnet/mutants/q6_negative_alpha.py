"""A negative alpha is cut to 0."""

question = "q6"


_right_cpt = posterior_cpt


def posterior_cpt(counts, alpha):
    return _right_cpt(counts, np.maximum(alpha, 0))
