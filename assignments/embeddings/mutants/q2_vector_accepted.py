"""One document as a vector."""

question = "q2"


def lsa(x, k):
    x = np.atleast_2d(np.asarray(x, dtype=np.float64))
    if not 1 <= k <= min(x.shape):
        raise ValueError(f"k must be between 1 and {min(x.shape)}, not {k}")
    _, singular_values, vt = np.linalg.svd(x, full_matrices=False)
    return LSA(vt[:k].T, singular_values[:k])
