"""The loss is that of the last place of each text alone."""

import torch.nn.functional as F

question = "q3"
FEW = 20  # tokens, or fewer: what q5 trains is as it should be, for it is q3 that is wrong


class GPT(GPT):
    def forward(self, ids, targets=None):
        if self.config.vocab_size <= FEW:
            return super().forward(ids, targets)
        logits, _ = super().forward(ids)
        return logits, None if targets is None else F.cross_entropy(logits[:, -1], targets[:, -1])
