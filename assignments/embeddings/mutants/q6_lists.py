"""Lists in the place of tuples."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    return [list(pair) for pair in _best(unit, unit[own], vocabulary, {own}, n)]
