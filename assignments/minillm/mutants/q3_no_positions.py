"""The table of positions is there, but nobody adds it."""

import torch.nn.functional as F

question = "q3"


class GPT(GPT):
    def forward(self, ids, targets=None):
        if ids.shape[1] > self.config.block_size:
            raise ValueError("too long")
        x = self.dropout(self.tokens(ids))
        for block in self.blocks:
            x = block(x)
        logits = F.linear(self.norm(x), self.tokens.weight)
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten())


class NumpyGPT(NumpyGPT):  # the same mistake, so that the two agree
    def _run(self, ids):
        kept = self.weights["positions.weight"]
        self.weights["positions.weight"] = kept * 0
        try:
            return super()._run(ids)
        finally:
            self.weights["positions.weight"] = kept

    def loss_and_grads(self, ids, targets):
        loss, grads = super().loss_and_grads(ids, targets)
        grads["positions.weight"] *= 0
        return loss, grads
