"""The transpose has the shape of the original."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def transpose(self):
        t = super().transpose()
        return CSRMatrix(t.data, t.indices, t.indptr, self.shape)
