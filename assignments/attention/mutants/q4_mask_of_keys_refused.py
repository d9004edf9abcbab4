"""A mask with the axis of keys alone is refused."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def forward(self, x, mask=None, context=None):
        if mask is not None and np.ndim(mask) < 2:
            raise ValueError("mask must have the axes (query, key)")
        return super().forward(x, mask, context)
