"""CharTokenizer.encode gives an array instead of a list."""

import numpy as np

question = "q1"


class CharTokenizer(CharTokenizer):
    def encode(self, text):
        return np.array(super().encode(text))
