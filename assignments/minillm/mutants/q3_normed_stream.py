"""What is added to is the normalised copy, not the stream."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = self.norm1(x)
        x = self.norm2(x + self.dropout(self.attention(x)))
        return x + self.dropout(self.mlp(x))
