"""The cell is always begun at zero."""

question = "q3"


class LSTM(LSTM):
    def forward(self, x, h0=None, c0=None):
        x = floats(x, "x", None, None, len(self.wx))
        batch, time, _ = x.shape
        n = len(self.wh)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        c0 = np.zeros((batch, n)) if c0 is None else 0 * floats(c0, "c0", batch, n)
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
        self._last = x.copy(), h0.copy(), c0.copy(), h.copy(), c.copy(), gates
        return h, c
