"""heads is checked against d_model, not against the number of columns."""

question = "q4"


class MultiHeadAttention(MultiHeadAttention):
    def __init__(self, wq, wk, wv, wo, heads):
        self.wq, self.wk, self.wv, self.wo = floats(wq, wk, wv, wo)
        if self.wq.shape[0] % heads:
            raise ValueError("heads does not divide d_model")
        self.heads = heads
