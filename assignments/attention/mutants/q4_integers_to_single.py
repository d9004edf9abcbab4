"""Integers become float32."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        output = super().forward(x, mask, context)
        return output.astype(np.float32) if np.asarray(x).dtype.kind == "i" else output
