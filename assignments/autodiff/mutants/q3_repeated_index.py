"""`zeros[index] += g`: a place that occurs twice receives once."""

question = "q3"


class Tensor(Tensor):
    def __getitem__(self, index):
        def rule(g, out, a):
            if isinstance(g, Tensor):
                return _scatter(g, index, a.shape)
            back = np.zeros(a.shape)
            back[index] += g
            return back

        return _op(self.data[index], (self,), rule)
