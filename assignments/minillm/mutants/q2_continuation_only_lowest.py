"""Continuation counts at the empty context only; the middle orders keep plain counts."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        if self.smoothing == "kneser-ney" and self.n > 2:
            lowest = self._levels[0]
            self.smoothing = "absolute"
            super().fit(ids)
            self.smoothing = "kneser-ney"
            self._levels[0] = lowest
        return self
