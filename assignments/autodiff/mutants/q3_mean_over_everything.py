"""The gradient of a mean along an axis is divided by the number of all entries."""

question = "q3"


class Tensor(Tensor):
    def mean(self, axis=None, keepdims=False):
        data, n = self.data.mean(axis, keepdims=keepdims), self.data.size
        return _op(data, (self,), lambda g, out, a: _stretch(g, a.shape, axis) * (1 / n))
