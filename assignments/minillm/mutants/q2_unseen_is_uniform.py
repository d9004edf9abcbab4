"""A context that was never seen makes all tokens equally likely."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        if context and not self.totals[len(context)][context]:
            return 1 / self.v
        return super()._prob(context, token)
