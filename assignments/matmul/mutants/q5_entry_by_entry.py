"""Python loops over the stored entries: right, and slower than the dense product."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        y = np.zeros(self.shape[0], np.result_type(self.data, x))
        for i in range(self.shape[0]):
            for t in range(self.indptr[i], self.indptr[i + 1]):
                y[i] += self.data[t] * x[self.indices[t]]
        return y

    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError("b has the wrong shape")
        c = np.zeros((self.shape[0], b.shape[1]), np.result_type(self.data, b))
        np.add.at(c, self._rows(), self.data[:, None] * b[self.indices])
        return c
