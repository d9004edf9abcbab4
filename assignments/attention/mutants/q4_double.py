"""Everything becomes float64."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        return super().forward(np.asarray(x, np.float64), mask, context)
