"""A matrix without entries has no last row to look at."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @property
    def nnz(self):
        last = self.indices[-1]
        return len(self.data) + 0 * last
