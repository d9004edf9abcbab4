"""The gradient of a mean is that of a sum."""

question = "q3"


class Tensor(Tensor):
    def mean(self, axis=None, keepdims=False):
        data = self.data.mean(axis, keepdims=keepdims)
        return _op(data, (self,), lambda g, out, a: _stretch(g, a.shape, axis))
