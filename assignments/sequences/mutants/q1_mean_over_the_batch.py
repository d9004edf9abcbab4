"""Gradients of the weights are means over the batch."""

question = "q1"


class RNN(RNN):
    def backward(self, dh):
        found = super().backward(dh)
        for key in ("wx", "wh", "b"):
            found[key] = found[key] / len(dh)
        return found
