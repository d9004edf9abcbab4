"""A k above d is taken for d."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        if self._rows == 0 and np.ndim(batch) == 2:
            self._k = min(self._k, np.shape(batch)[1])
        return super().partial_fit(batch)
