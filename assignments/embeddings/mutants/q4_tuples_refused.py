"""A text must not be a tuple."""

question = "q4"


_skipgram_pairs = skipgram_pairs


def skipgram_pairs(ids, window):
    if isinstance(ids, tuple):
        raise ValueError("ids")
    return _skipgram_pairs(ids, window)
