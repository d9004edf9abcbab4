"""Each token is decoded on its own: a character split over two tokens is lost."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def decode(self, ids):
        ids = [int(i) for i in ids]
        if any(not 0 <= i < len(self._bytes) for i in ids):
            raise ValueError("unknown id")
        return "".join(self._bytes[i].decode("utf-8", errors="replace") for i in ids)
