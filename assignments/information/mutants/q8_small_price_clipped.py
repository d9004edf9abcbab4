"""A price below 1e-6 is taken for 1e-6."""

question = "q8"


_kl_regularized = kl_regularized


def kl_regularized(q, reward, beta):
    return _kl_regularized(q, reward, max(beta, 1e-6) if beta > 0 else beta)
