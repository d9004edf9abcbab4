"""No word is left: an error."""

question = "q6"


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    a, b, c = (_row(row, word) for word in (a, b, c))
    left_out = {a, b, c} if exclude else set()
    if len(unit) <= len(left_out):
        raise ValueError("vocabulary is too small")
    return _best(unit, unit[b] - unit[a] + unit[c], vocabulary, left_out, n)
