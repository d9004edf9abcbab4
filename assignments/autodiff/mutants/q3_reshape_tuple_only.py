"""reshape understands a tuple, but not `x.reshape(2, 3)`."""

question = "q3"


class Tensor(Tensor):
    def reshape(self, shape):
        return super().reshape(shape)
