"""Within a row the columns come from right to left."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @classmethod
    def from_dense(cls, a):
        m = super().from_dense(a)
        order = np.lexsort((-m.indices, m._rows()))
        return cls(m.data[order], m.indices[order], m.indptr, m.shape)
