"""A batch without rows changes nothing."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        return self if np.ndim(batch) == 2 and len(batch) == 0 else super().partial_fit(batch)
