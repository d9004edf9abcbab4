"""The first vectors are the same whatever `rng` is."""

question = "q5"


def _start(start, rng, size, dim):
    if start is None:
        return (np.random.default_rng(0).random((size, dim)) - 0.5) / dim, np.zeros((size, dim))
    vectors, contexts = (np.array(part, dtype=np.float64) for part in start)
    if vectors.shape != (size, dim) or contexts.shape != (size, dim):
        raise ValueError(f"start must be two arrays of shape {(size, dim)}")
    return vectors, contexts
