"""Left singular vectors without the singular values."""

question = "q7"


def word_vectors(counts, k):
    table = _table(ppmi(counts), "counts")
    _between("k", k, 1, table.shape[1])
    centred = table - table.mean(axis=0)
    u, _, _ = np.linalg.svd(centred)
    return u[:, :k]
