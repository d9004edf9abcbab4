"""The gradients of the weights are averaged over the batch."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, *_ = self._last
        np.asarray(grad_output, x.dtype)
        dx, *dweights = super().backward(grad_output)
        texts = max(1, math.prod(x.shape[:-2]))
        return dx, *(d / texts for d in dweights)
