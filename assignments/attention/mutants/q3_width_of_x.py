"""Scores are divided by the root of d_model, forward and backward."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        x, wq, wk, wv = floats(x, self.wq, self.wk, self.wv)
        q, k, v = x @ wq, x @ wk, x @ wv
        ratio = math.sqrt(wq.shape[1] / wq.shape[0])
        output, weights = _attend(q * ratio, k, v, mask)
        self._last = x, q, k, v, weights
        return output
