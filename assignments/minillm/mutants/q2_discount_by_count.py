"""The discount depends on the count, as in modified Kneser–Ney, but what is handed on does not."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        if self.smoothing != "kneser-ney" or not self.totals[len(context)][context]:
            return super()._prob(context, token)
        row, total = self.followers[len(context)][context], self.totals[len(context)][context]
        shorter = self._prob(context[1:], token) if context else 1 / self.v
        count, d = row.get(token, 0), self.discounts[len(context)]
        own = d if count < 2 else d / 2
        return (max(count - own, 0) + d * len(row) * shorter) / total
