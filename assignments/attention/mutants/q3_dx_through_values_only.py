"""dx is the gradient through the values alone."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, *_, weights = self._last
        g = np.asarray(grad_output, x.dtype)
        _, dwq, dwk, dwv = super().backward(grad_output)
        return weights.swapaxes(-1, -2) @ g @ self.wv.T, dwq, dwk, dwv
