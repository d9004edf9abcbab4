"""The MLP comes before attention."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = x + self.dropout(self.mlp(self.norm2(x)))
        return x + self.dropout(self.attention(self.norm1(x)))
