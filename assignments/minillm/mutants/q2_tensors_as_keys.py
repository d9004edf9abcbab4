"""Tokens of a tensor become keys as they are, each a tensor of its own: none is ever found."""

import torch

question = "q2"


class NGramModel(NGramModel):
    def prob(self, context, token):
        if isinstance(context, torch.Tensor) and len(context):
            return self._prob(tuple(context)[-self.n + 1 :] if self.n > 1 else (), token)
        return super().prob(context, token)
