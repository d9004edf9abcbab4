"""The first half of a block replaces the stream instead of adding to it."""

question = "q3"
FEW = 3  # heads, or fewer: what q5 trains with is as it should be, for it is q3 that is wrong


class Block(Block):
    def __init__(self, config):
        super().__init__(config)
        self.few = config.n_head <= FEW

    def forward(self, x):
        if self.few:
            return super().forward(x)
        x = self.dropout(self.attention(self.norm1(x)))
        return x + self.dropout(self.mlp(self.norm2(x)))
