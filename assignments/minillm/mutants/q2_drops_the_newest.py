"""The shorter context drops the newest token instead of the oldest one."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        if self.smoothing == "witten-bell" and context:
            total = self.totals[len(context)][context]
            shorter = self._prob(context[:-1], token)
            row = self.followers[len(context)].get(context, {})
            return (row.get(token, 0) + len(row) * shorter) / (total + len(row)) if row else shorter
        return super()._prob(context, token)
