"""An x that is too long goes unnoticed."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        return super().matvec(x[: self.shape[1]])
