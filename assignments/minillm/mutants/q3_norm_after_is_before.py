"""norm_place makes no difference."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = x + self.dropout(self.attention(self.norm1(x)))
        return x + self.dropout(self.mlp(self.norm2(x)))
