"""Without `minlength` empty rows at the end are missing."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        products = self.data * x[self.indices]
        if products.dtype.kind == "c":
            return super().matvec(x)
        return np.bincount(self._rows(), products).astype(products.dtype)
