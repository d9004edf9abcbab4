"""The norms of the blocks are there, but nobody calls them."""

question = "q3"


class Block(Block):
    def forward(self, x):
        x = x + self.dropout(self.attention(x))
        return x + self.dropout(self.mlp(x))
