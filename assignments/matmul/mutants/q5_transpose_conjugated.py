"""The transpose of complex numbers is conjugated."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def transpose(self):
        t = super().transpose()
        return CSRMatrix(t.data.conj(), t.indices, t.indptr, t.shape)
