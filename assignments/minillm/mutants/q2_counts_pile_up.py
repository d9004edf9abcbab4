"""A second call of fit adds to the counts of the first."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        self.read = [*getattr(self, "read", []), *[int(i) for i in ids]]
        super().fit(self.read)
