"""Perplexity is 2 to the mean in nats."""

import math

question = "q2"


class NGramModel(NGramModel):
    def perplexity(self, ids):
        return 2 ** math.log(super().perplexity(ids))
