"""dwq and dwk are exchanged."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, *_ = self._last
        np.asarray(grad_output, x.dtype)
        dx, dwq, dwk, dwv = super().backward(grad_output)
        return dx, dwk, dwq, dwv
