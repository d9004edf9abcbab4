"""mean forgets keepdims."""

question = "q3"


class Tensor(Tensor):
    def mean(self, axis=None, keepdims=False):
        return super().mean(axis)
