"""A learning rate of 0 is accepted."""

question = "q6"


class RMSProp(RMSProp):
    def __init__(self, parameters, lr, beta=0.9, eps=1e-8):
        super().__init__(parameters, lr or 1e-300, beta, eps)
