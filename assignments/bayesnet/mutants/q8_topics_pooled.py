"""The counts of all topics are pooled."""

question = "q8"


_right_fit_word_chain = fit_word_chain


def fit_word_chain(documents, labels, alpha):
    right = _right_fit_word_chain(documents, labels, alpha)
    every = [_words(document) for document in documents]
    pooled = [d for _ in right.topics for d in every]
    names = [t for t in right.topics for _ in every]
    model = _right_fit_word_chain(pooled, names, alpha)
    model._prior = right._prior
    return model
