"""The mean of a batch of integers is cut to an integer."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        super().partial_fit(batch)
        if np.asarray(batch).dtype.kind == "i":
            self._mean = np.trunc(self._mean)
        return self
