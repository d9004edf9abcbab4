"""The gradient of a sum is stretched without putting the lost axis back."""

question = "q3"


class Tensor(Tensor):
    def sum(self, axis=None, keepdims=False):
        def rule(g, out, a):
            try:
                return _broadcast(g, a.shape)
            except ValueError:
                return _stretch(g, a.shape, axis)

        return _op(self.data.sum(axis, keepdims=keepdims), (self,), rule)
