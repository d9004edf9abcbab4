"""Everything becomes float64."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        return super().forward(np.asarray(x, dtype=np.float64), mask)
