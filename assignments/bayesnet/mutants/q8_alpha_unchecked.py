"""alpha = 0 is accepted."""

question = "q8"


_right_fit_word_chain = fit_word_chain


def fit_word_chain(documents, labels, alpha):
    return _right_fit_word_chain(documents, labels, alpha if alpha > 0 else 1e-300)
