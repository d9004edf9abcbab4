"""The transpose goes through the dense matrix."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def transpose(self):
        return CSRMatrix.from_dense(self.to_dense().T)
