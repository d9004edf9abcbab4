"""Kneser–Ney judges a short context by plain counts, as if it were the top order."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        self.own = [NGramModel.__base__(m, self.smoothing) for m in range(1, self.n)]
        for model in self.own:
            model.fit(ids)

    def prob(self, context, token):
        context = [int(i) for i in context]
        if self.smoothing == "kneser-ney" and len(context) < self.n - 1:
            return self.own[len(context)].prob(context, token)
        return super().prob(context, token)
