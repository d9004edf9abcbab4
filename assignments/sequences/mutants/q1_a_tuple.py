"""The gradients come as a tuple."""

question = "q1"


class RNN(RNN):
    def backward(self, dh):
        return tuple(super().backward(dh).values())
