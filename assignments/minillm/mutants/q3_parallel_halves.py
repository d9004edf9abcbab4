"""Both halves see the same stream, and their findings are added together."""

question = "q3"


class Block(Block):
    def forward(self, x):
        found = self.attention(self.norm1(x)) + self.mlp(self.norm2(x))
        return x + self.dropout(found)
