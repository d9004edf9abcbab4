"""Right if the answer is among the first three."""

question = "q6"


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    known = set(vocabulary)
    asked = [question for question in questions if known.issuperset(question)]
    if not asked:
        raise ValueError("questions: none has all its words in the vocabulary")
    right = 0
    for a, b, c, d in asked:
        answers = analogy(vectors, vocabulary, a, b, c, 3, exclude)
        right += d in dict(answers)
    return right / len(asked)
