"""A single answer is refused."""

question = "q8"


_kl_regularized = kl_regularized


def kl_regularized(q, reward, beta):
    if np.shape(q) == (1,):
        raise ValueError("q")
    return _kl_regularized(q, reward, beta)
