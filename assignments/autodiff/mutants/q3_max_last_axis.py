"""max goes over the last axis when none is named."""

question = "q3"


class Tensor(Tensor):
    def max(self, axis=None, keepdims=False):
        return super().max(-1 if axis is None else axis, keepdims)
