"""Any input that multiplies is taken."""

question = "q1"


class RNN(RNN):
    def forward(self, x, h0=None):
        x = np.asarray(x, dtype=np.float64)
        x = x[:, :, : len(self.wx)] if x.ndim == 3 else x[None]
        x = np.pad(x, [(0, 0), (0, 0), (0, len(self.wx) - x.shape[2])])
        batch, time, _ = x.shape
        n = len(self.b)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        inputs = x @ self.wx + self.b  # (batch, time, n), all steps at once
        h, state = np.empty((batch, time, n)), h0
        for t in range(time):
            h[:, t] = state = np.tanh(inputs[:, t] + state @ self.wh)
        # Copies: the caller may change theirs before `backward`.
        self._last = x.copy(), h0.copy(), h.copy()
        return h
