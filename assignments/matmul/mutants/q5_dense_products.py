"""The products expand the matrix first."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        return (self.to_dense() * x).sum(axis=1)

    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError("b has the wrong shape")
        return matmul_outer(self.to_dense(), b)
