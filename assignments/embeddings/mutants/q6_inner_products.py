"""Inner products with the other words."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    product = np.asarray(vectors, dtype=np.float64) @ unit[own]
    order = [i for i in np.argsort(-product, kind="stable").tolist() if i != own]
    return [(vocabulary[i], float(product[i])) for i in order[:n]]
