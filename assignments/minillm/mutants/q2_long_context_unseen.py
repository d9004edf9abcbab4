"""A context that is longer than n − 1 is looked up as it is, and never found."""

question = "q2"


class NGramModel(NGramModel):
    def prob(self, context, token):
        if len(context) > self.n - 1:
            return 1 / self.v
        return super().prob(context, token)
