"""The axis of heads is put second, which is right for one leading axis only."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        given = (x, x if context is None else context, self.wq, self.wk, self.wv, self.wo)
        x, context, wq, wk, wv, wo = floats(*given)
        if mask is not None and np.ndim(mask) > 2:
            mask = np.expand_dims(mask, 1)
        q, k, v = self._split(x @ wq), self._split(context @ wk), self._split(context @ wv)
        output, _ = _attend(q, k, v, mask)
        output = output.swapaxes(-2, -3)
        return output.reshape(*output.shape[:-2], -1) @ wo
