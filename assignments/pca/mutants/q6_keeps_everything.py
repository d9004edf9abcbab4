"""All batches are kept and PCA is done at the end."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        batch = _table(batch, "batch", rows=1, columns=self._columns)
        _between("k", self._k, 1, batch.shape[1])
        self._batches = [*getattr(self, "_batches", []), batch.copy()]
        self._rows, self._columns = self._rows + len(batch), batch.shape[1]
        return self

    def result(self):
        if self._rows < 2:
            raise ValueError("two rows are needed")
        x = np.vstack(self._batches)
        mean = x.mean(axis=0)
        values, vectors = np.linalg.eigh(_scatter(x, mean) / (len(x) - 1))
        return _pca(vectors[:, ::-1][:, : self._k].T, values[::-1][: self._k], values.sum(), mean)
