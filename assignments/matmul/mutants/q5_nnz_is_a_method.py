"""`nnz` has to be called."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def nnz(self):
        return len(self.data)
