"""The last word of a document is followed by the first one of the next of that topic."""

question = "q8"


_right_fit_word_chain = fit_word_chain


def fit_word_chain(documents, labels, alpha):
    right = _right_fit_word_chain(documents, labels, alpha)
    whole = {}
    for document, label in zip(documents, labels):
        whole.setdefault(label, []).extend(_words(document))
    model = _right_fit_word_chain(list(whole.values()), list(whole), alpha)
    model._prior = right._prior
    return model
