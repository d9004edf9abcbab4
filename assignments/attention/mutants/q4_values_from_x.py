"""With a context only the keys come from it, the values come from x."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        if context is None or np.shape(context) == np.shape(x):
            return super().forward(x, mask, context)
        x, context, wq, wk, wv, wo = floats(x, context, self.wq, self.wk, self.wv, self.wo)
        parts = self._split(x @ wq), self._split(context @ wk), self._split(x @ wv)
        output, _ = _attend(*parts, mask)
        output = output.swapaxes(-2, -3)
        return output.reshape(*output.shape[:-2], -1) @ wo
