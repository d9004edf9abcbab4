"""A second call adds its gradients to those of the first."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def loss_and_grads(self, ids, targets):
        loss, grads = super().loss_and_grads(ids, targets)
        self.kept = {n: g + getattr(self, "kept", {}).get(n, 0) for n, g in grads.items()}
        return loss, self.kept
