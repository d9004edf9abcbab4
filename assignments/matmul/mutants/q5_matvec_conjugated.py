"""Complex entries are conjugated, as in np.vdot."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        return super().matvec(x) if self.data.dtype.kind != "c" else _turned(self).matvec(x)


def _turned(matrix):
    return _CSRMatrix(matrix.data.conj(), matrix.indices, matrix.indptr, matrix.shape)


_CSRMatrix = CSRMatrix.__base__
