"""Where entries are equal, the first receives the whole gradient (argmax)."""

question = "q3"


class Tensor(Tensor):
    def max(self, axis=None, keepdims=False):
        largest = np.zeros(self.data.shape)
        if axis is None:
            largest.flat[self.data.argmax()] = 1.0
        else:
            at = np.expand_dims(self.data.argmax(axis), axis)
            np.put_along_axis(largest, at, 1.0, axis)
        data = self.data.max(axis, keepdims=keepdims)
        return _op(data, (self,), lambda g, out, a: _stretch(g, a.shape, axis) * largest)
