"""reshape takes the entries in the order in which they lie in memory."""

question = "q3"


class Tensor(Tensor):
    def reshape(self, *shape):
        data = self.data.reshape(shape[0] if len(shape) == 1 else shape, order="A")
        order = "F" if self.data.flags.f_contiguous and not self.data.flags.c_contiguous else "C"
        return _op(data, (self,), lambda g, out, a: g.reshape(a.shape, order=order))
