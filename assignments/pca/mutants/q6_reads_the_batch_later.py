"""A batch is kept as it lies and taken in with the next one."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def __init__(self, k):
        super().__init__(k)
        self._waiting = None

    def partial_fit(self, batch):
        self._flush()
        rows, columns = self._rows, self._columns
        _table(batch, "batch", rows=1, columns=columns)
        if rows == 0:
            _between("k", self._k, 1, np.shape(batch)[1])
            self._columns = np.shape(batch)[1]
        self._waiting = batch
        return self

    def _flush(self):
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            super().partial_fit(waiting)

    def result(self):
        self._flush()
        return super().result()
