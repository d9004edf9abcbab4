"""Where no first state was given, it has no gradient."""

question = "q4"


class GRU(GRU):
    def forward(self, x, h0=None, *rest):
        self._given = h0 is not None
        return super().forward(x, h0, *rest)

    def backward(self, dh):
        found = super().backward(dh)
        return found if self._given else found | {"h0": 0 * found["h0"]}
