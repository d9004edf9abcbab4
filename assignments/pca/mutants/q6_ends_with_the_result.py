"""After a result nothing more is taken in."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    _done = False

    def partial_fit(self, batch):
        return self if self._done else super().partial_fit(batch)

    def result(self):
        p = super().result()
        self._done = True
        return p
