"""Merging goes from right to left: 'aaa' becomes `a 256`."""

question = "q1"


def _merge(ids, pair, new):
    merged, i = [], len(ids) - 1
    while i >= 0:
        if i > 0 and (ids[i - 1], ids[i]) == pair:
            merged.append(new)
            i -= 2
        else:
            merged.append(ids[i])
            i -= 1
    return merged[::-1]


class BPETokenizer(BPETokenizer):
    def _encode(self, data):
        ids = list(data)
        for i, pair in enumerate(self._merges):
            ids = _merge(ids, pair, 256 + i)
        return ids
