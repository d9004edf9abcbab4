"""The loss is that of the last place of each text alone."""

import torch.nn.functional as F

question = "q3"


class GPT(GPT):
    def forward(self, ids, targets=None):
        logits, _ = super().forward(ids)
        return logits, None if targets is None else F.cross_entropy(logits[:, -1], targets[:, -1])
