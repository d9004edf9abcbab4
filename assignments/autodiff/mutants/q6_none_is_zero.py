"""A missing gradient is taken for 0, and the velocity carries the parameter on."""

question = "q6"


def _step(self):
    for parameter, state in zip(self.parameters, self.states):
        g = np.zeros(np.shape(parameter.data)) if parameter.grad is None else parameter.grad
        parameter.data = parameter.data - self.lr * self.direction(g, state)


Momentum.step = _step
Adam.step = _step
