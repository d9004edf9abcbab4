"""The total is that of the k directions."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def result(self):
        if self._rows < 2:
            raise ValueError("two rows are needed")
        variance = np.pad(self._scatter, (0, self._k))[: self._k] / (self._rows - 1)
        return _pca(_filled(self._directions, self._k), variance, variance.sum(), self._mean)
