"""Words that did not occur are dropped from the caller's code."""

question = "q5"


_decode = decode


def decode(bits, code):
    found = _decode(bits, code)
    for s in set(code) - set(found):
        del code[s]
    return found
