"""Documents without a label are left out."""

question = "q8"


_right_fit_word_chain = fit_word_chain


def fit_word_chain(documents, labels, alpha):
    pairs = list(zip(documents, labels))
    return _right_fit_word_chain([d for d, _ in pairs], [label for _, label in pairs], alpha)
