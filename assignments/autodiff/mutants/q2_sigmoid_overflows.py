"""sigmoid as exp(x) / (1 + exp(x)): not a number for large x."""

question = "q2"


class Tensor(Tensor):
    def sigmoid(self):
        data = np.exp(self.data) / (1 + np.exp(self.data))
        return _op(data, (self,), lambda g, out, a: g * (out * (1 - out)))
