"""matmul makes each row dense first, where a position can hold one entry only."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError("b has the wrong shape")
        c = np.zeros((self.shape[0], b.shape[1]), np.result_type(self.data, b))
        for i, (start, stop) in enumerate(pairwise(self.indptr)):
            entries = dict(zip(self.indices[start:stop], self.data[start:stop]))
            columns, values = list(entries), np.array(list(entries.values()), self.data.dtype)
            if columns:
                c[i] = (values[:, None] * b[columns]).sum(axis=0)
        return c
