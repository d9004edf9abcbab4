"""`nnz` leaves out zeros that are stored."""

question = "q5"


class CSRMatrix(CSRMatrix):
    @property
    def nnz(self):
        return int(np.count_nonzero(self.data))
