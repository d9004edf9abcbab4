"""Excluded words count among the n."""

question = "q6"


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    _at_least("n", n, 1)
    unit, row = _lexicon(vectors, vocabulary)
    a, b, c = (_row(row, word) for word in (a, b, c))
    left_out = {a, b, c} if exclude else set()
    every = _best(unit, unit[b] - unit[a] + unit[c], vocabulary, set(), n)
    out = {vocabulary[i] for i in left_out}
    return [pair for pair in every if pair[0] not in out]
