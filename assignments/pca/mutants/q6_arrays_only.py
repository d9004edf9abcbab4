"""A batch has to be an array."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        batch.mean(axis=0)
        return super().partial_fit(batch)
