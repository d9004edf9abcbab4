"""to_dense keeps its array and returns it again, changed by the caller or not."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def to_dense(self):
        if not hasattr(self, "_dense"):
            self._dense = super().to_dense()
        return self._dense
