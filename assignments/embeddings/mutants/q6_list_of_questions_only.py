"""The questions have to be in a list."""

question = "q6"


_analogy_accuracy = analogy_accuracy


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    return _analogy_accuracy(vectors, vocabulary, questions.copy(), exclude)
