"""Small integers are subtracted as what they are, and wrap around."""

question = "q8"


_kl_regularized = kl_regularized


def kl_regularized(q, reward, beta):
    reward = np.asarray(reward)
    if reward.dtype.kind == "u":
        best = reward[np.asarray(q) > 0].max()
        p, value = _kl_regularized(q, np.minimum(reward - best, 0.0), beta)
        return p, value + float(best)
    return _kl_regularized(q, reward, beta)
