"""Rows beyond the vocabulary are cut."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors[: len(vocabulary)], vocabulary[: len(vectors)])
    own = _row(row, word)
    return _best(unit, unit[own], vocabulary, {own}, n)
