"""The vectors are scaled where they are."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    if isinstance(vectors, np.ndarray):
        vectors[:] = unit
    own = _row(row, word)
    return _best(unit, unit[own], vocabulary, {own}, n)
