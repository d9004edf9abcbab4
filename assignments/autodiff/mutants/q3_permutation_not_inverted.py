"""The gradient of a transposition is permuted by the same axes again."""

question = "q3"


class Tensor(Tensor):
    def transpose(self, *axes):
        if len(axes) == 1 and np.ndim(axes[0]) == 1:
            axes = axes[0]
        axes = tuple(axes) or tuple(range(self.data.ndim))[::-1]
        return _op(self.data.transpose(axes), (self,), lambda g, out, a: g.transpose(axes))
