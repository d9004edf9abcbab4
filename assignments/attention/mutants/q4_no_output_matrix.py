"""wo is forgotten where its shape allows it."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def __init__(self, wq, wk, wv, wo, heads):
        super().__init__(wq, wk, wv, wo, heads)
        if self.wo.shape[0] == self.wo.shape[1]:
            self.wo = np.eye(len(self.wo), dtype=self.wo.dtype)
