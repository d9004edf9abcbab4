"""Gradients add up from call to call, as in torch."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, *_ = self._last
        np.asarray(grad_output, x.dtype)
        gradients = super().backward(grad_output)
        before = getattr(self, "_total", None)
        if before is not None and before[0].shape == gradients[0].shape:
            gradients = tuple(a + b for a, b in zip(before, gradients))
        self._total = gradients
        return gradients
