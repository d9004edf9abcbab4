"""Adam has one clock for all parameters: who comes late is corrected too little."""

question = "q6"


class Adam(Adam):
    def __init__(self, parameters, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        super().__init__(parameters, lr, beta1, beta2, eps)
        self._clock = 0

    def step(self):
        self._clock += 1
        super().step()

    def direction(self, g, state):
        state["t"] = self._clock - 1
        return super().direction(g, state)
