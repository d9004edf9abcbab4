"""Any n is accepted."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    return _best(unit, unit[own], vocabulary, {own}, n)
