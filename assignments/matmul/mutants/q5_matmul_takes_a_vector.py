"""A vector is taken for a matrix with one column."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matmul(self, b):
        b = np.asarray(b)
        return super().matmul(b[:, None] if b.ndim == 1 else b)
