"""Gradients go through the blocks only, not past them."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def loss_and_grads(self, ids, targets):
        loss, grads = super().loss_and_grads(ids, targets)
        return loss, {
            n: g if n.startswith(("blocks.", "norm")) else 0.5 * g for n, g in grads.items()
        }
