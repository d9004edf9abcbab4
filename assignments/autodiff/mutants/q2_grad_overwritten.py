"""A second call of backward overwrites the gradient instead of adding to it."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        for leaf, g in _gradients(self, grad).items():
            leaf.grad = np.array(g)
