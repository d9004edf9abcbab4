"""Where entries are equal, each largest one receives the whole gradient."""

question = "q3"


class Tensor(Tensor):
    def max(self, axis=None, keepdims=False):
        largest = self.data == self.data.max(axis, keepdims=True)
        data = self.data.max(axis, keepdims=keepdims)
        return _op(data, (self,), lambda g, out, a: _stretch(g, a.shape, axis) * largest)
