"""A gradient of another shape is stretched to that of the tensor."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is not None:
            grad = np.resize(np.asarray(grad, dtype=np.float64), self.shape)
        super().backward(grad)
