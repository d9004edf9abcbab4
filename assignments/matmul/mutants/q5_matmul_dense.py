"""matmul goes through the dense matrix."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError("b has the wrong shape")
        dense = self.to_dense()
        c = np.zeros((self.shape[0], b.shape[1]), np.result_type(dense, b))
        for m in range(self.shape[1]):
            c += dense[:, m, None] * b[m]
        return c
