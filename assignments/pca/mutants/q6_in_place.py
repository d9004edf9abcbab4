"""Batches are centred where they lie."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        super().partial_fit(batch)
        if isinstance(batch, np.ndarray) and batch.dtype == np.float64 and batch.size:
            batch -= batch.mean(axis=0)
        return self
