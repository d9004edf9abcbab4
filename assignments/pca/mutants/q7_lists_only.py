"""Vocabulary and tokens have to be lists."""

question = "q7"


_right_cooccurrence = cooccurrence


def cooccurrence(tokens, vocabulary, window):
    return _right_cooccurrence(tokens.copy(), vocabulary.copy(), window)
