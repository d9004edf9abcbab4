"""The word is its own neighbour."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    return _best(unit, unit[own], vocabulary, set(), n)
