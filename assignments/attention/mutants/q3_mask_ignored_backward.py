"""The weights are computed again without the mask on the way back."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        x, q, k, v, _ = self._last
        _, weights = _attend(q, k, v, None)
        self._last = x, q, k, v, weights
        return super().backward(grad_output)
