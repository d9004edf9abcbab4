"""k is cut to what there is."""

question = "q2"


def lsa(x, k):
    x = _table(x, "x")
    k = min(max(k, 1), *x.shape)
    _, singular_values, vt = np.linalg.svd(x, full_matrices=False)
    return LSA(vt[:k].T, singular_values[:k])
