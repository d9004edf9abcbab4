"""Keys and values come from x, whatever the context."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        return super().forward(x, mask)
