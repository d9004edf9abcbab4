"""decode takes -1 for the last id, as a Python list does."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def decode(self, ids):
        try:
            return b"".join(self._bytes[i] for i in ids).decode("utf-8", errors="replace")
        except IndexError:
            raise ValueError("unknown id") from None
