"""What `forward` keeps is kept for all layers together."""

question = "q4"


class GRU(GRU):
    def forward(self, x, h0=None):
        x = floats(x, "x", None, None, len(self.wx))
        batch, time, _ = x.shape
        n = len(self.wh)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        inputs = (x @ self.wx + self.bx).reshape(batch, time, 3, n)
        kept = np.empty((batch, time, 4, n))  # r, z, p and the third block of v
        h, state = np.empty((batch, time, n)), h0
        for t in range(time):
            u, v = inputs[:, t], (state @ self.wh + self.bh).reshape(batch, 3, n)
            r, z = _logistic(u[:, 0] + v[:, 0]), _logistic(u[:, 1] + v[:, 1])
            p = np.tanh(u[:, 2] + r * v[:, 2])
            h[:, t] = state = (1 - z) * p + z * state
            kept[:, t] = np.stack([r, z, p, v[:, 2]], axis=1)
        type(self)._last = x.copy(), h0.copy(), h.copy(), kept
        return h

    def backward(self, dh):
        x, h0, h, kept = self._last
        dh = floats(dh, "dh", *h.shape)
        batch, time, n = h.shape
        before = np.concatenate([h0[:, None], h[:, :-1]], axis=1)
        du, dv = np.empty((batch, time, 3 * n)), np.empty((batch, time, 3 * n))
        carried = 0.0
        for t in reversed(range(time)):
            r, z, p, v = kept[:, t].swapaxes(0, 1)
            dstate = dh[:, t] + carried
            dproposal = dstate * (1 - z) * (1 - p**2)
            dr = dproposal * v * r * (1 - r)
            dz = dstate * (before[:, t] - p) * z * (1 - z)
            du[:, t] = np.concatenate([dr, dz, dproposal], axis=1)
            dv[:, t] = np.concatenate([dr, dz, dproposal * r], axis=1)
            carried = dstate * z + dv[:, t] @ self.wh.T
        return {
            "x": du @ self.wx.T,
            "h0": carried,
            "wx": np.einsum("btd,btn->dn", x, du),
            "wh": np.einsum("btm,btn->mn", before, dv),
            "bx": du.sum(axis=(0, 1)),
            "bh": dv.sum(axis=(0, 1)),
        }
