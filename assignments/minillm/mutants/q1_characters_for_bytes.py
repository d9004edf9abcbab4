"""BPE begins with code points instead of bytes: what lies beyond 255 is lost."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def _encode(self, data):
        return super()._encode(bytes(min(ord(c), 255) for c in data.decode()))
