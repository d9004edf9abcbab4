"""Vectors scaled to length 1."""

question = "q7"


def word_vectors(counts, k):
    table = _table(ppmi(counts), "counts")
    _between("k", k, 1, table.shape[1])
    centred = table - table.mean(axis=0)
    u, sigma, _ = np.linalg.svd(centred)
    scores = u[:, :k] * sigma[:k]
    return scores / np.maximum(np.linalg.norm(scores, axis=1, keepdims=True), 1e-12)
