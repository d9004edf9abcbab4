"""Heads are split by reshape alone: tokens and heads are mixed up."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def _split(self, x):
        return x.reshape(*x.shape[:-2], self.heads, x.shape[-2], -1)
