"""A second model of the same text has the strength of the first."""

question = "q7"


_cm = context_model
_kept = {}


def context_model(text, order, alphabet, strength=1.0):
    key = (text, order, alphabet)
    m = _cm(text, order, alphabet, strength)
    return _kept.setdefault(key, m)
