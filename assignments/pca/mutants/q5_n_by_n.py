"""The total variance is the trace of the n × n Gram matrix."""

question = "q5"


_thin = randomized_pca


def randomized_pca(x, k, oversample, power_iterations, rng):
    p = _thin(x, k, oversample, power_iterations, rng)
    xc = np.asarray(x, dtype=float) - p.mean
    total = np.trace(xc @ xc.T) if len(xc) > 1000 else 0.0
    return p if total >= 0 else None
