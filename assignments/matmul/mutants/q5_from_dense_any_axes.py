"""A vector is taken for a matrix with one row, and a stack of matrices for a tall one."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @classmethod
    def from_dense(cls, a):
        a = np.atleast_2d(a)
        return super().from_dense(a.reshape(-1, a.shape[-1]) if a.ndim > 2 else a)
