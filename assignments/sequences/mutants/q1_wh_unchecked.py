"""Weights that are not square are cut."""

question = "q1"


class RNN(RNN):
    def __init__(self, wx, wh, b):
        self.wx = floats(wx, "wx", None, None)
        n = self.wx.shape[1]
        self.wh, self.b = np.resize(np.asarray(wh, dtype=float), (n, n)), floats(b, "b", n)
