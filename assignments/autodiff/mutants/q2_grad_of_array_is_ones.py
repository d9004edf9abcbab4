"""backward of an array without a gradient starts with ones."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        super().backward(np.ones(self.shape) if grad is None else grad)
