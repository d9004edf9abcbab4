"""Every step begins at the first state."""

question = "q1"


class RNN(RNN):
    def forward(self, x, h0=None):
        x = floats(x, "x", None, None, len(self.wx))
        batch, time, _ = x.shape
        n = len(self.b)
        h0 = np.zeros((batch, n)) if h0 is None else floats(h0, "h0", batch, n)
        inputs = x @ self.wx + self.b  # (batch, time, n), all steps at once
        h, state = np.empty((batch, time, n)), h0
        for t in range(time):
            h[:, t] = np.tanh(inputs[:, t] + state @ self.wh)
        # Copies: the caller may change theirs before `backward`.
        self._last = x.copy(), h0.copy(), h.copy()
        return h
