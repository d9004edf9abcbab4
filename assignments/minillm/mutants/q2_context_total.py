"""c(h) counts how often h occurred, also at the very end of the text where nothing follows."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        ids = [int(i) for i in ids]
        if self.smoothing != "kneser-ney":
            for m in range(1, self.n):
                self.totals[m][tuple(ids[len(ids) - m :])] += 1
