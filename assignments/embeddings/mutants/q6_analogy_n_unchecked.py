"""Any n is accepted."""

question = "q6"


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    unit, row = _lexicon(vectors, vocabulary)
    a, b, c = (_row(row, word) for word in (a, b, c))
    left_out = {a, b, c} if exclude else set()
    return _best(unit, unit[b] - unit[a] + unit[c], vocabulary, left_out, n)
