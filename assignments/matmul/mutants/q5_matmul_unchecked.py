"""A b with too many rows goes unnoticed."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matmul(self, b):
        b = np.asarray(b)
        return super().matmul(b[: self.shape[1]] if b.ndim == 2 else b)
