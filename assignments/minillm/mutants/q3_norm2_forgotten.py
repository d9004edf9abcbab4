"""The MLP sees the stream as it is."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = x + self.dropout(self.attention(self.norm1(x)))
        return x + self.dropout(self.mlp(x))
