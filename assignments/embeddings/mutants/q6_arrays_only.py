"""Lists are refused."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    if isinstance(vectors, list):
        raise TypeError("vectors")
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    return _best(unit, unit[own], vocabulary, {own}, n)
