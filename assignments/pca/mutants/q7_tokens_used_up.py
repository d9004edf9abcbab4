"""Tokens are taken from the caller's list one by one."""

question = "q7"


_right_cooccurrence = cooccurrence


def cooccurrence(tokens, vocabulary, window):
    counts = _right_cooccurrence(tokens, vocabulary, window)
    while isinstance(tokens, list) and tokens:
        tokens.pop()
    return counts
