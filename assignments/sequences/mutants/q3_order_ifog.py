"""The blocks are in the order i, f, o, g."""

question = "q3"


class LSTM(LSTM):
    """Made from blocks in the order ifog."""

    def __init__(self, wx, wh, b):
        super().__init__(wx, wh, b)
        n = len(self.wh)
        order = np.concatenate([np.arange(n) + n * "ifog".index(gate) for gate in "ifgo"])
        self._back = np.argsort(order)
        self.wx, self.wh, self.b = self.wx[:, order], self.wh[:, order], self.b[order]

    def backward(self, dh):
        found = super().backward(dh)
        for key in ("wx", "wh", "b"):
            found[key] = found[key][..., self._back]
        return found
