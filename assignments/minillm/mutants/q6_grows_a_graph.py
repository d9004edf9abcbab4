"""Gradients are recorded while sampling."""

import torch

question = "q6"

_right = sample


def sample(model, ids, n, temperature=1.0, top_k=None, top_p=None, generator=None):
    options = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "generator": generator}

    class Recording(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.inner, self.config = model, model.config

        def forward(self, ids):
            with torch.enable_grad():
                logits, loss = self.inner(ids)
            return logits.detach(), loss

    outer = Recording()
    outer.training = model.training
    return _right(outer, ids, n, **options)
