"""Witten–Bell with the number of followers instead of the number of different ones."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        total = self.totals[len(context)][context]
        if self.smoothing != "witten-bell" or not total:
            return super()._prob(context, token)
        shorter = self._prob(context[1:], token) if context else 1 / self.v
        return (self.followers[len(context)][context].get(token, 0) + total * shorter) / (2 * total)
