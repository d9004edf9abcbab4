"""backward on what is made of constants only is an error."""

question = "q2"


class Tensor(Tensor):
    def backward(self, grad=None):
        if not self.requires_grad:
            raise RuntimeError("nothing here requires a gradient")
        super().backward(grad)
