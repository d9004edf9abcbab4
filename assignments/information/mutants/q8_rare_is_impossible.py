"""What `q` gives less than 1e-9 counts as impossible."""

question = "q8"


_kl_regularized = kl_regularized


def kl_regularized(q, reward, beta):
    q = np.array(q, dtype=float)
    q[(q > 0) & (q < 1e-9)] = 0
    return _kl_regularized(q, reward, beta)
