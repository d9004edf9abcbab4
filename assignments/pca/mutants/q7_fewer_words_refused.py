"""More words than there are is an error."""

question = "q7"


_right_nearest = nearest


def nearest(vectors, vocabulary, word, n):
    if n > len(vocabulary) - 1:
        raise ValueError("n is too large")
    return _right_nearest(vectors, vocabulary, word, n)
