"""Kneser–Ney with plain counts at every order: without continuation counts."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        smoothing, self.smoothing = self.smoothing, "witten-bell"  # leaves the counts as they are
        super().fit(ids)
        self.smoothing = smoothing
