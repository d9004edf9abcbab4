"""matmul adds up floats, also for integers."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matmul(self, b):
        b = np.asarray(b)
        dtype = np.result_type(self.data, b)
        if dtype.kind not in "iu" or b.ndim != 2:
            return super().matmul(b)
        return super().matmul(b.astype(float)).astype(dtype)
