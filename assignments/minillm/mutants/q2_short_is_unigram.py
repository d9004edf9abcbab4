"""A context shorter than n − 1 is judged by the unigrams."""

question = "q2"


class NGramModel(NGramModel):
    def prob(self, context, token):
        context = [int(i) for i in context]
        return super().prob(context if len(context) >= self.n - 1 else [], token)
