"""The mean is that of the last batch."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        batch = _table(batch, "batch", rows=1, columns=self._columns)
        n, (m, d) = self._rows, batch.shape
        if n == 0:
            _between("k", self._k, 1, d)
            self._mean, self._total = np.zeros(d), 0.0
            self._scatter, self._directions = np.empty(0), np.empty((0, d))
        mean = batch.mean(axis=0)
        step = mean - self._mean
        known = np.sqrt(self._scatter)[:, None] * self._directions
        rows = np.vstack([known, batch - mean, np.sqrt(n * m / (n + m)) * step])
        fresh = rows[len(known) :]
        self._total += np.vdot(fresh, fresh)
        self._scatter, self._directions = _strongest(rows, self._k)
        self._mean = mean
        self._rows, self._columns = n + m, d
        return self
