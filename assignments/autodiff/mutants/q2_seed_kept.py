"""A leaf keeps the array that was given to backward as its gradient."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        first = self.grad is None
        super().backward(grad)
        if first and self.requires_grad and not self._inputs and isinstance(grad, np.ndarray):
            self.grad = grad
