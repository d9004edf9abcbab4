"""A parameter without a gradient is an error."""

question = "q6"


class SGD(SGD):
    def step(self):
        for parameter in self.parameters:
            parameter.data = parameter.data - self.lr * parameter.grad
