"""The numbers of x are taken in the order in which they lie in memory."""

question = "q1"


class RNN(RNN):
    def forward(self, x, h0=None):
        x = np.asarray(x)
        return super().forward(x.ravel(order="K").reshape(x.shape), h0)
