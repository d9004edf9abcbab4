"""Weights that do not fit are cut or repeated."""

question = "q3"


class LSTM(LSTM):
    def __init__(self, wx, wh, b):
        self.wh = floats(wh, "wh", None, None)
        n = len(self.wh)
        n = len(self.wh)
        self.wx, self.b = (
            np.resize(np.asarray(wx, float), (len(wx), 4 * n)),
            np.resize(np.asarray(b, float), 4 * n),
        )
