"""Bytes that are not UTF-8 vanish."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def decode(self, ids):
        return super().decode(ids).replace("\ufffd", "")
