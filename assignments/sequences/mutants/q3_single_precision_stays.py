"""The states of a float32 text are float32."""

question = "q3"


class LSTM(LSTM):
    def forward(self, x, h0=None, c0=None):
        h, c = super().forward(x, h0, c0)
        return (
            (h.astype(np.float32), c.astype(np.float32))
            if np.asarray(x).dtype == np.float32
            else (h, c)
        )
