"""The transpose sorts with a sort that is not stable: columns come in reverse."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def transpose(self):
        t = super().transpose()
        order = np.lexsort((-t.indices, t._rows()))
        return CSRMatrix(t.data[order], t.indices[order], t.indptr, t.shape)
