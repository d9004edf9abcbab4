"""Both halves use norm1; norm2 is there, but nobody calls it."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = x + self.dropout(self.attention(self.norm1(x)))
        return x + self.dropout(self.mlp(self.norm1(x)))
