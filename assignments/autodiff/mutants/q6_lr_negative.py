"""A negative learning rate walks uphill."""

question = "q6"


class Momentum(Momentum):
    def __init__(self, parameters, lr, beta=0.9):
        super().__init__(parameters, abs(lr), beta)
