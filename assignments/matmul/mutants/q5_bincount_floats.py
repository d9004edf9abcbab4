"""`np.bincount` with weights returns float64, and drops imaginary parts."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        products = np.real(self.data * x[self.indices])
        return np.bincount(self._rows(), products, minlength=self.shape[0])
