"""x has to be an array."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        return super().forward(x.astype(x.dtype), mask, context)
