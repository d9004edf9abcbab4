"""Only a tensor without axes counts as a single element."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if grad is None and self.shape != ():
            raise ValueError(f"grad is needed for a tensor of shape {self.shape}")
        super().backward(grad)
