"""The components, transposed, in place of the scores."""

question = "q7"


def word_vectors(counts, k):
    table = _table(ppmi(counts), "counts")
    _between("k", k, 1, table.shape[1])
    centred = table - table.mean(axis=0)
    _, _, vt = np.linalg.svd(centred)
    return vt[:k].T
