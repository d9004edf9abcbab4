"""Add-k with k instead of k·V in the denominator."""

question = "q2"


class NGramModel(NGramModel):
    def _prob(self, context, token):
        if self.smoothing != "add-k":
            return super()._prob(context, token)
        followers = self.followers[len(context)].get(context, {})
        return (followers.get(token, 0) + self.k) / (sum(followers.values()) + self.k)
