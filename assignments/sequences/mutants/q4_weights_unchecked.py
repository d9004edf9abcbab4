"""Weights that do not fit are cut or repeated."""

question = "q4"


class GRU(GRU):
    def __init__(self, wx, wh, bx, bh):
        self.wh = floats(wh, "wh", None, None)
        n = len(self.wh)
        self.wh = np.resize(self.wh, (n, 3 * n))
        self.wx = np.resize(np.asarray(wx, float), (len(wx), 3 * n))
        self.bx, self.bh = (np.resize(np.asarray(b, float), 3 * n) for b in (bx, bh))
