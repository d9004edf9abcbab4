"""What is not above zero is not stored, and NaN is not."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @classmethod
    def from_dense(cls, a):
        a = np.asarray(a)
        if a.ndim != 2:
            raise ValueError("a must be 2-D")
        rows, columns = np.nonzero(np.abs(a) > 0)
        return cls(a[rows, columns], columns, _row_starts(rows, len(a)), a.shape)
