"""The blocks are in the order z, r, n."""

question = "q4"


class GRU(GRU):
    def __init__(self, *weights):
        super().__init__(*weights)
        n = len(self.wh)
        self._order = np.concatenate([np.arange(n, 2 * n), np.arange(n), np.arange(2 * n, 3 * n)])
        for key in ("wx", "wh", "bx", "bh"):
            setattr(self, key, getattr(self, key)[..., self._order])

    def backward(self, dh):
        found = super().backward(dh)
        for key in ("wx", "wh", "bx", "bh"):
            found[key] = found[key][..., self._order]
        return found
