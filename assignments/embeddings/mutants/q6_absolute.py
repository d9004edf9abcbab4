"""Opposite words are near."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    both = _best(unit, unit[own], vocabulary, {own}, len(unit))
    return sorted(both, key=lambda pair: -abs(pair[1]))[:n]
