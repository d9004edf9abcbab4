"""The norm runs over the places of a text instead of the numbers of a token."""

question = "q3"


class Block(Block):
    def forward(self, x):
        def normed(x, norm):
            deviation = (x.var(dim=1, keepdim=True, correction=0) + 1e-5).sqrt()
            return (x - x.mean(dim=1, keepdim=True)) / deviation * norm.weight

        x = x + self.dropout(self.attention(normed(x, self.norm1)))
        return x + self.dropout(self.mlp(normed(x, self.norm2)))
