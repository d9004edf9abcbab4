"""to_dense fills an array of float64."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def to_dense(self):
        dense = np.zeros(self.shape, np.result_type(self.data, np.float64))
        dense[self._rows(), self.indices] = self.data
        return dense
