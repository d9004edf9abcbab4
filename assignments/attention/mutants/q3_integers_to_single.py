"""Integers in x become float32."""

question = "q3"


class AttentionHead(AttentionHead):
    def forward(self, x, mask=None):
        x = np.asarray(x)
        if x.dtype.kind == "i":
            return super().forward(x, mask).astype(np.float32)
        return super().forward(x, mask)
