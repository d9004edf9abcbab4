"""A block passes on what it found, and forgets what came in."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = self.dropout(self.attention(self.norm1(x)))
        return self.dropout(self.mlp(self.norm2(x)))
