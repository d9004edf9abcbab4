"""zero_grad stops after the first parameter."""

question = "q6"


class Adam(Adam):
    def zero_grad(self):
        self.parameters[0].grad = None
