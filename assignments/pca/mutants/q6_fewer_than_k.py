"""Before k rows fewer than k components come back."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def result(self):
        if self._rows < 2:
            raise ValueError("two rows are needed")
        variance = self._scatter / (self._rows - 1)
        return _pca(self._directions, variance, self._total / (self._rows - 1), self._mean)
