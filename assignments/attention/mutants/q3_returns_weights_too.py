"""forward returns (output, weights), as q2 does."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        output = super().forward(x, mask)
        return output, self._last[4]
