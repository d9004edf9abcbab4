"""Of equal ones the last."""

question = "q6"


def neighbors(vectors, vocabulary, word, n):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    own = _row(row, word)
    every = _best(unit, unit[own], vocabulary, {own}, len(unit))
    place = {word: i for i, word in enumerate(vocabulary)}
    return sorted(every, key=lambda pair: (-pair[1], -place[pair[0]]))[:n]
