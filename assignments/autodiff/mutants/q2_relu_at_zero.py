"""relu has slope 1 at 0."""

question = "q2"


class Tensor(Tensor):
    def relu(self):
        positive = self.data >= 0
        return _op(np.maximum(self.data, 0.0), (self,), lambda g, out, a: g * positive)
