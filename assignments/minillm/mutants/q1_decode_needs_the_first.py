"""Ids without a 0 among them are refused."""

question = "q1"


_right_decode = CharTokenizer.decode


def _decode(self, ids):
    ids = [int(i) for i in ids]
    if ids and min(ids) != 0:
        raise ValueError("an id that no character has")
    return _right_decode(self, ids)


CharTokenizer.decode = _decode
