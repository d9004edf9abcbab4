"""A matrix without zeros is not copied: it changes with the array that it came from."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @classmethod
    def from_dense(cls, a):
        m = super().from_dense(a)
        if m.nnz == np.size(a):
            m.data = np.asarray(a).reshape(-1)
        return m
