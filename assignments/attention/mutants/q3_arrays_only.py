"""forward takes arrays only."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        return super().forward(x.astype(x.dtype), mask)
