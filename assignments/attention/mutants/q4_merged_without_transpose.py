"""The way back forgets to move the axis of the heads."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        x, context, wq, wk, wv, wo = floats(
            x, x if context is None else context, self.wq, self.wk, self.wv, self.wo
        )
        if mask is not None and np.ndim(mask) > 2:
            mask = np.expand_dims(mask, -3)
        output, _ = _attend(*(self._split(a) for a in (x @ wq, context @ wk, context @ wv)), mask)
        return output.reshape(*x.shape[:-1], -1) @ wo
