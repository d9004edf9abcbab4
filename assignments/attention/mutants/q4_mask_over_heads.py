"""A mask per text is not given an axis for the heads: it is applied to heads or fails."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        x, context, wq, wk, wv, wo = floats(
            x, x if context is None else context, self.wq, self.wk, self.wv, self.wo
        )
        output, _ = _attend(*(self._split(a) for a in (x @ wq, context @ wk, context @ wv)), mask)
        output = output.swapaxes(-2, -3)
        return output.reshape(*output.shape[:-2], -1) @ wo
