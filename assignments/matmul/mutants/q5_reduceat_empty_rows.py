"""`np.add.reduceat` returns the next row's first product for an empty row."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        products = np.append(self.data * x[self.indices], 0)
        if len(products) == 1:
            return np.zeros(self.shape[0], products.dtype)
        return np.add.reduceat(products, self.indptr[:-1]).astype(products.dtype)
