"""A window below 1 counts nothing."""

question = "q7"


_right_cooccurrence = cooccurrence


def cooccurrence(tokens, vocabulary, window):
    if window < 1:
        return np.zeros((len(vocabulary), len(vocabulary)))
    return _right_cooccurrence(tokens, vocabulary, window)
