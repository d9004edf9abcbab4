"""Continuation counts (all 1) on the top order too."""

import numpy as np

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        if self.smoothing == "kneser-ney":
            top = self._levels[-1]
            parents = top.codes // self.v
            size = len(top.totals)
            top.counts = np.ones_like(top.counts)
            top.totals = np.bincount(parents, weights=top.counts, minlength=size)
        return self
