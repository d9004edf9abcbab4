"""Head h owns every heads-th column instead of a block."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def _split(self, x):
        x = x.reshape(*x.shape[:-1], -1, self.heads)
        return np.moveaxis(x, -1, -3)
