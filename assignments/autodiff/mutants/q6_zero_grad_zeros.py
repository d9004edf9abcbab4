"""zero_grad fills gradients with zeros."""

question = "q6"


class SGD(SGD):
    def zero_grad(self):
        for parameter in self.parameters:
            if parameter.grad is not None:
                parameter.grad = np.zeros(np.shape(parameter.data))
