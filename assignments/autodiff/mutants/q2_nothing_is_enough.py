"""A tensor without elements may start without a gradient."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None and self.data.size == 0:
            grad = np.ones(self.shape)
        super().backward(grad)
