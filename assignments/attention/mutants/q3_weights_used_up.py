"""The softmax's gradient is made in the place of the weights: a second call is wrong."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        result = super().backward(grad_output)
        weights = self._last[-1]
        weights *= weights
        return result
