"""A mask of 0 and 1 is taken as it comes."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        mask = None if mask is None else np.asarray(mask).astype(bool)
        return super().forward(x, mask, context)
