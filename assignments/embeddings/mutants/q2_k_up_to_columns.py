"""k may be larger than the number of documents."""

question = "q2"


def lsa(x, k):
    x = _table(x, "x")
    if not 1 <= k <= max(x.shape):
        raise ValueError(f"k must be between 1 and {min(x.shape)}, not {k}")
    _, singular_values, vt = np.linalg.svd(x, full_matrices=False)
    return LSA(vt[:k].T, singular_values[:k])
