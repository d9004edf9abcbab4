"""What `forward` keeps is kept for all layers together."""

question = "q3"


class LSTM(LSTM):
    def forward(self, x, h0=None, c0=None):
        x = floats(x, "x", None, None, len(self.wx))
        batch, time, _ = x.shape
        n = len(self.wh)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        c0 = np.zeros((batch, n)) if c0 is None else floats(c0, "c0", batch, n)
        inputs = x @ self.wx + self.b  # (batch, time, 4n)
        gates = np.empty((batch, time, 4, n))
        h, c = np.empty((batch, time, n)), np.empty((batch, time, n))
        state, cell = h0, c0
        for t in range(time):
            a = (inputs[:, t] + state @ self.wh).reshape(batch, 4, n)
            i, f, o = (_sigmoid(a[:, k]) for k in (0, 1, 3))
            g = np.tanh(a[:, 2])
            cell = f * cell + i * g
            state = o * np.tanh(cell)
            gates[:, t] = np.stack([i, f, g, o], axis=1)
            h[:, t], c[:, t] = state, cell
        type(self)._last = x.copy(), h0.copy(), c0.copy(), h.copy(), c.copy(), gates
        return h, c

    def backward(self, dh):
        x, h0, c0, h, c, gates = self._last
        dh = floats(dh, "dh", *h.shape)
        batch, time, n = h.shape
        before = np.concatenate([h0[:, None], h[:, :-1]], axis=1)
        cells = np.concatenate([c0[:, None], c[:, :-1]], axis=1)
        da, dstate, dcell = np.empty((batch, time, 4 * n)), 0.0, 0.0
        for t in reversed(range(time)):
            i, f, g, o = gates[:, t].swapaxes(0, 1)
            shown = np.tanh(c[:, t])
            dstate = dh[:, t] + dstate
            dcell = dcell + dstate * o * (1 - shown**2)
            parts = (
                dcell * g * i * (1 - i),
                dcell * cells[:, t] * f * (1 - f),
                dcell * i * (1 - g**2),
                dstate * shown * o * (1 - o),
            )
            da[:, t] = np.concatenate(parts, axis=1)
            dcell = dcell * f
            dstate = da[:, t] @ self.wh.T
        return {
            "x": da @ self.wx.T,
            "h0": dstate,
            "c0": dcell,
            "wx": np.einsum("btd,btn->dn", x, da),
            "wh": np.einsum("btm,btn->mn", before, da),
            "b": da.sum(axis=(0, 1)),
        }
