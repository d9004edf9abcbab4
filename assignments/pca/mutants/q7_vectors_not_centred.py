"""SVD of the PPMI table without centring."""

question = "q7"


def word_vectors(counts, k):
    table = _table(ppmi(counts), "counts")
    _between("k", k, 1, table.shape[1])
    centred = table
    u, sigma, _ = np.linalg.svd(centred)
    return u[:, :k] * sigma[:k]
