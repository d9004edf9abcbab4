"""Add-k asks the shorter context about a context that was never seen."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        if self.smoothing == "add-k" and context and not self.totals[len(context)][context]:
            return self._prob(context[1:], token)
        return super()._prob(context, token)
