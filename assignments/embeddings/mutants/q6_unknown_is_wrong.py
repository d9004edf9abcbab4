"""Questions with unknown words count as wrong."""

question = "q6"


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    known = set(vocabulary)
    asked = [question for question in questions if known.issuperset(question)]
    if not asked:
        raise ValueError("questions: none has all its words in the vocabulary")
    right = 0
    for a, b, c, d in asked:
        answers = analogy(vectors, vocabulary, a, b, c, 1, exclude)
        right += bool(answers) and answers[0][0] == d
    return right / len(questions)
