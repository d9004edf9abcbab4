"""loss_and_grads takes a step itself."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def loss_and_grads(self, ids, targets):
        loss, grads = super().loss_and_grads(ids, targets)
        for name, g in grads.items():
            self.weights[name] -= 0.05 * g
        return loss, grads
