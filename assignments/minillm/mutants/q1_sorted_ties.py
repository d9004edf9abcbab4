"""Of equally frequent pairs the smallest one is merged, not the leftmost."""

from collections import Counter
from itertools import pairwise

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        if vocab_size < 256:
            raise ValueError("vocab_size must be at least 256")
        ids, merges = list(text.encode()), []
        while 256 + len(merges) < vocab_size:
            counts = Counter(pairwise(ids))
            if not counts or max(counts.values()) < 2:
                break
            pair = min(counts, key=lambda p: (-counts[p], p))
            merges.append(pair)
            out, i = [], 0
            while i < len(ids):
                if tuple(ids[i : i + 2]) == pair:
                    out.append(255 + len(merges))
                    i += 2
                else:
                    out.append(ids[i])
                    i += 1
            ids = out
        self._set(merges)
