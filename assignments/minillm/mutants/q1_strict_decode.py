"""Bytes that are not UTF-8 are an error."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def decode(self, ids):
        super().decode(ids)
        return b"".join(self._bytes[int(i)] for i in ids).decode("utf-8")
