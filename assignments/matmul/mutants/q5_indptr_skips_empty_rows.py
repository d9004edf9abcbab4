"""indptr has a start for each row that has entries, and none for empty ones."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @classmethod
    def from_dense(cls, a):
        a = np.asarray(a)
        if a.ndim != 2:
            raise ValueError("a must be 2-D")
        rows, columns = np.nonzero(a)
        _, counts = np.unique(rows, return_counts=True)
        starts = np.concatenate([[0], np.cumsum(counts)])
        return cls(a[rows, columns], columns, starts, a.shape)

    def _rows(self):
        return np.repeat(np.arange(len(self.indptr) - 1), np.diff(self.indptr))
