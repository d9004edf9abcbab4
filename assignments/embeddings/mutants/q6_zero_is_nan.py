"""A vector of zeros has the cosine NaN."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    with np.errstate(invalid="ignore"):
        x = np.asarray(vectors, dtype=np.float64)
        unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    own = _row(row, word)
    return _best(unit, unit[own], vocabulary, {own}, n)
