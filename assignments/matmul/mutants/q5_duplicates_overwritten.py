"""`y[rows] += products` adds only once where a row number repeats."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        y = np.zeros(self.shape[0], np.result_type(self.data, x))
        y[self._rows()] += self.data * x[self.indices]
        return y
