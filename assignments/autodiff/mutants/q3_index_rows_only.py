"""Indices of several axes at once: the gradient goes to whole rows."""

question = "q3"


class Tensor(Tensor):
    def __getitem__(self, index):
        def rule(g, out, a):
            if isinstance(index, tuple) and any(isinstance(i, np.ndarray) for i in index):
                back = np.zeros(a.shape)
                back[index] = g
                return back
            return _scatter(g, index, a.shape)

        return _op(self.data[index], (self,), rule)
