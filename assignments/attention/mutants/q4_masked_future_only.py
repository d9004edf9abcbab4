"""With a context the mask is left out."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        return super().forward(x, mask if context is None else None, context)
