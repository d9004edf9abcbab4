"""Gradients of other shapes are broadcast."""

question = "q4"


class GRU(GRU):
    def backward(self, dh):
        x, h0, h, kept = self._last
        dh = np.resize(np.asarray(dh, dtype=float), h.shape)
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
