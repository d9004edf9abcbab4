"""No relu at all: one linear layer, however many there are."""

question = "q7"


class MLP(MLP):
    def __call__(self, x):
        x, parameters = _tensor(x), self.parameters()
        for w, b in zip(parameters[::2], parameters[1::2]):
            x = _layer(x, w, b, relu=False)
        return x
