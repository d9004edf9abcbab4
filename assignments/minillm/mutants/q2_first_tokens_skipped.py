"""perplexity leaves out the first n − 1 tokens, which have no full context."""

import math

question = "q2"


class NGramModel(NGramModel):
    def perplexity(self, ids):
        ids = [int(i) for i in ids]
        first = min(self.n - 1, len(ids) - 1)
        nats = [-math.log(self.prob(ids[:t], ids[t])) for t in range(first, len(ids))]
        return math.exp(sum(nats) / len(nats))
