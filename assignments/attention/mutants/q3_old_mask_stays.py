"""A forward without a mask takes the one of the forward before."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        if mask is None:
            mask = getattr(self, "mask", None)
        self.mask = mask if mask is None or np.shape(mask)[-1] == np.shape(x)[-2] else None
        return super().forward(x, self.mask)
