"""The states of a float32 text are float32."""

question = "q4"


class GRU(GRU):
    def forward(self, x, h0=None):
        h = super().forward(x, h0)
        return h.astype(np.float32) if np.asarray(x).dtype == np.float32 else h
