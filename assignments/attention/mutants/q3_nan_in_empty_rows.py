"""A row in which everything is masked gets NaN."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        output = super().forward(x, mask)
        *kept, weights = self._last
        empty = weights.sum(-1, keepdims=True) == 0
        self._last = *kept, np.where(empty, np.nan, weights)
        return np.where(empty, np.nan, output)
