"""A new text is cut greedily into the longest known pieces instead of replaying the merges."""

question = "q1"


class BPETokenizer(BPETokenizer):
    def encode(self, text):
        data, ids = text.encode(), []
        table = {piece: i for i, piece in reversed(list(enumerate(self._bytes)))}
        longest = max(map(len, table))
        while data:
            for n in range(min(longest, len(data)), 0, -1):
                if data[:n] in table:
                    ids.append(table[data[:n]])
                    data = data[n:]
                    break
        return ids
