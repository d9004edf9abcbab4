"""Zeros with a minus sign count as entries."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @classmethod
    def from_dense(cls, a):
        a = np.asarray(a)
        if a.ndim != 2:
            raise ValueError("a must be 2-D")
        stored = (a != 0) | np.signbit(a.real)
        rows, columns = np.nonzero(stored)
        return cls(a[rows, columns], columns, _row_starts(rows, len(a)), a.shape)
