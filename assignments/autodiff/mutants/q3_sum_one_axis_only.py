"""A sum over a tuple of axes is refused."""

question = "q3"


class Tensor(Tensor):
    def sum(self, axis=None, keepdims=False):
        if isinstance(axis, tuple):
            raise TypeError("axis must be an integer")
        return super().sum(axis, keepdims)
