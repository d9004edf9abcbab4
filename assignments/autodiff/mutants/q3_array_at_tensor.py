"""`array @ tensor` multiplies in the other order."""

question = "q3"


class Tensor(Tensor):
    def __rmatmul__(self, other):
        other = _tensor(other)
        return (self.mT @ other.mT) if self.shape[-1] == other.shape[-2] else other @ self
