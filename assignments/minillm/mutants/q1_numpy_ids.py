"""BPETokenizer.encode gives NumPy's integers."""

import numpy as np

question = "q1"


class BPETokenizer(BPETokenizer):
    def encode(self, text):
        return list(np.array(super().encode(text), dtype=np.int64))
