"""reshape and T hand on a view of the gradient above, and a leaf keeps it."""

question = "q3"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None:
            if self.data.size != 1:
                raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
            grad = np.ones(self.shape)
        grad = np.asarray(grad, dtype=np.float64)
        if grad.shape != self.shape:
            raise ValueError(f"grad must have shape {self.shape}, not {grad.shape}")
        if not self.requires_grad:
            return
        for leaf, g in _gradients(self, grad.copy()).items():
            if leaf.grad is None:
                leaf.grad = np.array(g) if g.base is None else g
            else:
                leaf.grad = leaf.grad + g
