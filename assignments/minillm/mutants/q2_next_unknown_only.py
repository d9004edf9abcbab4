"""perplexity refuses the token V, and takes larger ones for the last that it knows."""

question = "q2"


class NGramModel(NGramModel):
    def perplexity(self, ids):
        return super().perplexity([self.v - 1 if i > self.v else int(i) for i in ids])
