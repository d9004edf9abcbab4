"""Whatever comes in is stored as float64."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @classmethod
    def from_dense(cls, a):
        a = np.asarray(a)
        return super().from_dense(a if a.dtype.kind == "c" else a.astype(float))
