"""A token beyond the vocabulary gets a probability."""

question = "q2"


class NGramModel(NGramModel):
    def prob(self, context, token):
        return super().prob(context, min(token, self.v - 1))
