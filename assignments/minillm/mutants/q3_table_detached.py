"""The table that writes is detached: gradients reach it as input only."""

import torch.nn.functional as F

question = "q3"
FEW = 20  # tokens, or fewer: what q5 trains is as it should be, for it is q3 that is wrong


class GPT(GPT):
    def forward(self, ids, targets=None):
        if self.config.vocab_size <= FEW:
            return super().forward(ids, targets)
        if ids.shape[1] > self.config.block_size:
            raise ValueError("ids are too long")
        x = self.tokens(ids) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(x)
        for block in self.blocks:
            x = block(x)
        logits = F.linear(self.norm(x), self.tokens.weight.detach())
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten())
