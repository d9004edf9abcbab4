"""Overlapping pairs are counted once: "aaaa" holds "aa" twice instead of three times."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def train(self, text, vocab_size):
        if vocab_size < 256:
            raise ValueError("vocab_size must be at least 256")
        ids, merges = list(text.encode()), []
        while 256 + len(merges) < vocab_size:
            counts, i = {}, 0
            while i < len(ids) - 1:
                pair = (ids[i], ids[i + 1])
                counts[pair] = counts.get(pair, 0) + 1
                same = ids[i : i + 3] == [ids[i]] * 3
                if same:
                    i += 1
                i += 1
            if not counts or max(counts.values()) < 2:
                break
            pair = max(counts, key=counts.get)
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
