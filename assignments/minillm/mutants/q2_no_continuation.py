"""Kneser–Ney with plain counts at every order: without continuation counts."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        if self.smoothing != "kneser-ney":
            return super().fit(ids)
        self.smoothing = "absolute"  # anything but "kneser-ney" leaves the counts as they are
        super().fit(ids)
        self.smoothing = "kneser-ney"
        return self
