"""Products are added up as floats, also those of integers."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        products = self.data * x[self.indices]
        if products.dtype.kind not in "iu":
            return super().matvec(x)
        sums = np.bincount(self._rows(), products, minlength=self.shape[0])
        return sums.astype(products.dtype)
