"""The loss is the sum over all places."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def loss_and_grads(self, ids, targets):
        loss, grads = super().loss_and_grads(ids, targets)
        return loss * ids.size, grads
