"""PCA of the raw counts."""

question = "q7"


def word_vectors(counts, k):
    table = _table(counts, "counts")
    _between("k", k, 1, table.shape[1])
    centred = table - table.mean(axis=0)
    u, sigma, _ = np.linalg.svd(centred)
    return u[:, :k] * sigma[:k]
