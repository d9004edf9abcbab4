"""The table of positions is there, but nobody adds it."""

import torch.nn.functional as F

question = "q3"


class GPT(GPT):
    def forward(self, ids, targets=None):
        if ids.shape[1] > self.config.block_size:
            raise ValueError("ids are too long")
        x = self.tokens(ids)
        x = self.dropout(x)
        for block in self.blocks:
            x = block(x)
        logits = F.linear(self.norm(x), self.tokens.weight)
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten())
