"""backward belongs to the first forward: what was kept is never replaced."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        kept = getattr(self, "_last", None)
        output = super().forward(x, mask)
        self._last = kept or self._last
        return output
