"""The vectors as they are."""

question = "q6"


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    a, b, c = (_row(row, word) for word in (a, b, c))
    raw = np.asarray(vectors, dtype=np.float64)
    left_out = {a, b, c} if exclude else set()
    return _best(unit, raw[b] - raw[a] + raw[c], vocabulary, left_out, n)
