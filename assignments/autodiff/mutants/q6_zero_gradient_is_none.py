"""A gradient of zeros counts as none: momentum stops."""

question = "q6"


class Optimizer(Optimizer):
    def step(self):
        for parameter in self.parameters:
            if parameter.grad is not None and not np.any(parameter.grad):
                parameter.grad = None
        super().step()


for _kind in (SGD, Momentum, AdaGrad, RMSProp, Adam):
    _kind.__bases__ = (Optimizer,)
