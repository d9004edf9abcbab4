"""A result after one row."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def result(self):
        variance = np.pad(self._scatter, (0, self._k))[: self._k] / max(self._rows - 1, 1)
        components = _filled(self._directions, self._k)
        return _pca(components, variance, self._total / max(self._rows - 1, 1), self._mean)
