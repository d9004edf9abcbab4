"""Words are made lower case before they are counted."""

question = "q8"


_right_fit_word_chain = fit_word_chain


def fit_word_chain(documents, labels, alpha):
    lower = [[word.lower() for word in _words(document)] for document in documents]
    return _right_fit_word_chain(lower, labels, alpha)
