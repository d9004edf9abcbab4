"""The biases are there, but nobody adds them."""

question = "q7"


class MLP(MLP):
    def __call__(self, x):
        x, parameters = _tensor(x), self.parameters()
        for i, w in enumerate(parameters[::2]):
            x = _layer(x, w, Tensor(np.zeros(w.shape[1])), relu=i > 0)
        return x
