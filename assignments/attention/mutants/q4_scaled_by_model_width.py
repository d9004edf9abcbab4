"""The root of the whole width is used, not that of one head."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        wq = self.wq
        self.wq = (wq / math.sqrt(self.heads)).astype(wq.dtype)
        output = super().forward(x, mask, context)
        self.wq = wq
        return output
