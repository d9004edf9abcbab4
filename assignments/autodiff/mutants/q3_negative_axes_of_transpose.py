"""Axes that count from the end are not turned back rightly."""

question = "q3"


class Tensor(Tensor):
    def transpose(self, *axes):
        out = super().transpose(*axes)
        if any(isinstance(a, int) and a < 0 for a in axes):
            return _op(out.data, (self,), lambda g, out, a: g.transpose(*np.argsort(axes)))
        return out
