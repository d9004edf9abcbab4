"""Below the empty context stands 0: what never occurred has no probability."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        if self.smoothing == "add-k" or context:
            return super()._prob(context, token)
        row = self.followers[0][()]
        return row.get(token, 0) / sum(row.values())
