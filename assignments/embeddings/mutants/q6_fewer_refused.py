"""More neighbours than words are refused."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    if n >= len(unit):
        raise ValueError(f"n must be below {len(unit)}")
    return _best(unit, unit[own], vocabulary, {own}, n)
