"""Gradients are those of the sum, the loss is the mean."""

import numpy as np

question = "q8"


class NumpyGPT(NumpyGPT):
    def loss_and_grads(self, ids, targets):
        loss, grads = super().loss_and_grads(ids, targets)
        return loss, {name: g * np.size(ids) for name, g in grads.items()}
