"""Labels without a document are left out."""

question = "q8"


_right_fit_word_chain = fit_word_chain


def fit_word_chain(documents, labels, alpha):
    return _right_fit_word_chain(documents, list(labels)[: len(documents)] or labels, alpha)
