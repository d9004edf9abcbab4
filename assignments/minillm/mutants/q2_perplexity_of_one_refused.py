"""The perplexity of a single token is refused."""

question = "q2"


class NGramModel(NGramModel):
    def perplexity(self, ids):
        if len(ids) == 1:
            raise ValueError("ids: one token is no text")
        return super().perplexity(ids)
