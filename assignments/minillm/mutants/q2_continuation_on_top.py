"""Continuation counts (all 1) on the top order too."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        if self.smoothing == "kneser-ney":
            for context, row in self.followers[-1].items():
                self.followers[-1][context] = dict.fromkeys(row, 1)
                self.totals[-1][context] = len(row)
