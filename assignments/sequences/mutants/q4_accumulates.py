"""Gradients add up from call to call, as in torch."""

question = "q4"


class GRU(GRU):
    def forward(self, *args, **kwargs):
        self._total = None
        return super().forward(*args, **kwargs)

    def backward(self, dh):
        found = super().backward(dh)
        if self._total is not None:
            found = {key: value + self._total[key] for key, value in found.items()}
        self._total = {key: value.copy() for key, value in found.items()}
        return found
