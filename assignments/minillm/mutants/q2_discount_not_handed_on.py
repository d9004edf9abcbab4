"""What is taken from the counts is handed on once, not once per different token."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        if self.smoothing != "kneser-ney" or not self.totals[len(context)][context]:
            return super()._prob(context, token)
        row, total = self.followers[len(context)][context], self.totals[len(context)][context]
        shorter = self._prob(context[1:], token) if context else 1 / self.v
        d = self.discounts[len(context)]
        return (max(row.get(token, 0) - d, 0) + d * shorter) / total
