"""a, b and c are taken out of the caller's vocabulary."""

question = "q6"


_analogy = analogy


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    found = _analogy(vectors, vocabulary, a, b, c, n, exclude)
    if exclude and isinstance(vocabulary, list):
        for word in {a, b, c}:
            vocabulary.remove(word)
    return found
