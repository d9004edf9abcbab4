"""State in the class: two objects write into one."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    _state = {}

    def __init__(self, k):
        _between("k", k, 1, np.inf)
        self._k = k
        self._rows, self._columns = 0, None

    def partial_fit(self, batch):
        batch = _table(batch, "batch", rows=1, columns=self._columns)
        d = batch.shape[1]
        _between("k", self._k, 1, d)
        known = self._state.get("scatter", np.zeros((d, d)))
        if known.shape != (d, d):
            known = np.zeros((d, d))
        rows, total = self._state.get("rows", 0), self._state.get("sum", np.zeros(d))
        if total.shape != (d,):
            rows, total = 0, np.zeros(d)
        self._state["scatter"] = known + batch.T @ batch
        self._state["rows"] = rows + len(batch)
        self._state["sum"] = total + batch.sum(axis=0)
        self._rows, self._columns = self._rows + len(batch), d
        return self

    def result(self):
        if self._rows < 2:
            raise ValueError("two rows are needed")
        n = self._state["rows"]
        mean = self._state["sum"] / n
        c = (self._state["scatter"] - n * np.outer(mean, mean)) / (n - 1)
        values, vectors = np.linalg.eigh(c)
        return _pca(vectors[:, ::-1][:, : self._k].T, values[::-1][: self._k], values.sum(), mean)
