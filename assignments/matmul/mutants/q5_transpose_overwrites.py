"""Of a position that is stored twice the transpose keeps the last."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def transpose(self):
        entries = dict(zip(zip(self.indices, self._rows(), strict=True), self.data, strict=True))
        places = sorted(entries)
        data = np.array([entries[place] for place in places], self.data.dtype)
        rows = np.array([column for column, _ in places], dtype=int)
        columns = [row for _, row in places]
        n, m = self.shape
        return CSRMatrix(data, columns, _row_starts(rows, m), (m, n))
