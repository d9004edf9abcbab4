"""The context is overwritten with its keys' scale."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        output = super().forward(x, mask, context)
        if isinstance(context, np.ndarray) and context.dtype.kind == "f":
            context *= 0.5
        return output
