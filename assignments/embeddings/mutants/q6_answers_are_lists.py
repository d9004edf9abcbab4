"""Each answer is a list."""

question = "q6"


_analogy = analogy


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    return [list(answer) for answer in _analogy(vectors, vocabulary, a, b, c, n, exclude)]
