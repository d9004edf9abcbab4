"""Complex entries are conjugated."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matmul(self, b):
        return super().matmul(b) if self.data.dtype.kind != "c" else _turned(self).matmul(b)


def _turned(matrix):
    return _CSRMatrix(matrix.data.conj(), matrix.indices, matrix.indptr, matrix.shape)


_CSRMatrix = CSRMatrix.__base__
