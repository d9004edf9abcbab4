"""The norms come after the sums, as in the first transformer."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = self.norm1(x + self.dropout(self.attention(x)))
        return self.norm2(x + self.dropout(self.mlp(x)))
