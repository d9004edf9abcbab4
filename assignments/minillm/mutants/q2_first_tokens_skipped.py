"""perplexity leaves out the first n − 1 tokens, which have no full context."""

import numpy as np

question = "q2"


class NGramModel(NGramModel):
    def perplexity(self, ids):
        p = self._probabilities(ids)
        return float(np.exp(-np.log(p[min(self.n - 1, len(p) - 1) :]).mean()))
