"""grad_output is scaled in place."""

question = "q3"


class AttentionHead(AttentionHead):
    def backward(self, grad_output):
        result = super().backward(grad_output)
        grad_output *= 1 / math.sqrt(self.wq.shape[1])
        return result
