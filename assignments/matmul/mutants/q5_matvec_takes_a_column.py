"""A column of shape (m, 1), or a row, is taken for a vector."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        return super().matvec(np.asarray(x).reshape(-1))
