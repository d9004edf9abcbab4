"""A document without words is not counted for its topic."""

question = "q7"


_right_corpus = _corpus


def _corpus(documents, labels, alpha):
    _right_corpus(documents, labels, alpha)
    kept = [(d, label) for d, label in zip(documents, labels) if _words(d)]
    return _right_corpus([d for d, _ in kept], [label for _, label in kept], alpha)


_right_chain = fit_word_chain


def fit_word_chain(documents, labels, alpha):
    global _corpus
    mine, _corpus = _corpus, _right_corpus
    try:
        return _right_chain(documents, labels, alpha)
    finally:
        _corpus = mine
