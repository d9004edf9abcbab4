"""A vector is taken for one row, and a stack of batches for a long one."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        batch = np.atleast_2d(np.asarray(batch, dtype=float))
        return super().partial_fit(batch.reshape(-1, batch.shape[-1]))
