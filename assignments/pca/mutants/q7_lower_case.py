"""Words are compared in lower case."""

question = "q7"


_as_written = cooccurrence


def cooccurrence(tokens, vocabulary, window):
    tokens, vocabulary = ([w.lower() for w in words] for words in (tokens, vocabulary))
    return _as_written(tokens, vocabulary, window)
