"""The second call returns the very arrays of the first, which the caller may have changed."""

question = "q1"


class RNN(RNN):
    def forward(self, *args, **kwargs):
        self._found = None
        return super().forward(*args, **kwargs)

    def backward(self, dh):
        found = super().backward(dh)
        self._found = self._found or found
        return self._found
