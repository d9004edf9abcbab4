"""Variances over the number of rows."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def result(self):
        if self._rows < 2:
            raise ValueError("two rows are needed")
        variance = np.pad(self._scatter, (0, self._k))[: self._k] / self._rows
        total = self._total / self._rows
        return _pca(_filled(self._directions, self._k), variance, total, self._mean)
