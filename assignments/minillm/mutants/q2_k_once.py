"""Add-k with k instead of k·V in the denominator."""

question = "q2"


class NGramModel(NGramModel):
    def fit(self, ids):
        super().fit(ids)
        self.followers = {}
        ids = [int(i) for i in ids]
        for m in range(self.n):
            for i in range(len(ids) - m):
                row = self.followers.setdefault(tuple(ids[i : i + m]), {})
                row[ids[i + m]] = row.get(ids[i + m], 0) + 1
        return self

    def prob(self, context, token):
        p = super().prob(context, token)
        if self.smoothing != "add-k":
            return p
        context = [int(i) for i in context][max(len(context) - self.n + 1, 0) :]
        row = self.followers.get(tuple(context), {})
        return (row.get(token, 0) + self.k) / (sum(row.values()) + self.k)
