"""The loss is the sum over all places instead of the mean."""

question = "q3"


class GPT(GPT):
    def forward(self, ids, targets=None):
        logits, loss = super().forward(ids, targets)
        return logits, loss if loss is None else loss * ids.numel()
