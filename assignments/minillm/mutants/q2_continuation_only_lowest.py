"""Continuation counts at the empty context only; the middle orders keep plain counts."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        if self.smoothing == "kneser-ney" and self.n > 2:
            lowest = self.followers[0], self.totals[0], self.discounts[0]
            self.smoothing = "witten-bell"
            super().fit(ids)
            self.smoothing = "kneser-ney"
            self.followers[0], self.totals[0], self.discounts[0] = lowest
