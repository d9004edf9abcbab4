"""Continuation counts below the top order count occurrences of the longer n-grams, not kinds."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        ids = [int(i) for i in ids]
        if self.smoothing == "kneser-ney":
            for m in range(self.n - 1):
                self.totals[m].clear()
                for row in self.followers[m].values():
                    row.clear()
                for i in range(1, len(ids) - m):
                    context, token = tuple(ids[i : i + m]), ids[i + m]
                    row = self.followers[m].setdefault(context, {})
                    row[token] = row.get(token, 0) + 1
                    self.totals[m][context] += 1
