"""Perplexity from the mean of the probabilities instead of the mean of their logarithms."""

question = "q2"


class NGramModel(NGramModel):
    def perplexity(self, ids):
        super().perplexity(ids)
        ids = [int(i) for i in ids]
        return len(ids) / sum(self.prob(ids[:t], w) for t, w in enumerate(ids))
