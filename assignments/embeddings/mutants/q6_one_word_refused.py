"""A vocabulary of one word is refused."""

question = "q6"


_neighbors = neighbors


def neighbors(vectors, vocabulary, word, n):
    if len(vocabulary) == 1:
        raise ValueError("n")
    return _neighbors(vectors, vocabulary, word, n)
