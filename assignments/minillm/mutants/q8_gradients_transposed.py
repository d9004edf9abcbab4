"""Gradients of matrices come transposed, in the shape of the weights."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def loss_and_grads(self, ids, targets):
        loss, grads = super().loss_and_grads(ids, targets)
        return loss, {
            n: g.T.reshape(g.shape) if n.endswith("out.weight") else g for n, g in grads.items()
        }
