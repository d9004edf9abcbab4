"""Gradients of other shapes are broadcast."""

question = "q1"


class RNN(RNN):
    def backward(self, dh):
        x, h0, h = self._last
        dh = np.resize(np.asarray(dh, dtype=float), h.shape)
        da, carried = np.empty(h.shape), 0.0
        for t in reversed(range(h.shape[1])):
            da[:, t] = (dh[:, t] + carried) * (1 - h[:, t] ** 2)
            carried = da[:, t] @ self.wh.T
        before = np.concatenate([h0[:, None], h[:, :-1]], axis=1)  # (batch, time, n)
        return {
            "x": da @ self.wx.T,
            "h0": carried,
            "wx": np.einsum("btd,btn->dn", x, da),
            "wh": np.einsum("btm,btn->mn", before, da),
            "b": da.sum(axis=(0, 1)),
        }
