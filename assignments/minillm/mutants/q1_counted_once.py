"""Pairs are counted in the text as it was at the beginning, once for all merges."""

from collections import Counter
from itertools import pairwise

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        super().train(text, min(vocab_size, 256))
        pairs = Counter(pairwise(text.encode()))
        super().train(text, vocab_size)
        often = [p for p, n in pairs.most_common(len(self._merges))]
        self._set(often)
