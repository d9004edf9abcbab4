"""A single number is taken as a bias."""

question = "q1"


class RNN(RNN):
    def __init__(self, wx, wh, b):
        self.wx = floats(wx, "wx", None, None)
        n = self.wx.shape[1]
        self.wh, self.b = floats(wh, "wh", n, n), np.zeros(n) + np.resize(b, n)
