"""V is the number of different tokens instead of the largest one + 1."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        self.v = len({int(i) for i in ids})

    def prob(self, context, token):
        largest = max(self.followers[0][()])
        kinds, self.v = self.v, max(self.v, largest + 1)
        try:
            super().prob(context, token)
        finally:
            self.v = kinds
        return self._prob(
            tuple(int(i) for i in context)[max(len(context) - self.n + 1, 0) :], token
        )
