"""Columns that are left over after the division are dropped."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def __init__(self, wq, wk, wv, wo, heads):
        wq, wk, wv, wo = floats(wq, wk, wv, wo)
        width = wq.shape[1] // heads * heads
        super().__init__(wq[:, :width], wk[:, :width], wv[:, :width], wo[:width], heads)
