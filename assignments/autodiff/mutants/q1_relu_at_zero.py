"""relu has slope 1 at 0."""

question = "q1"


class Dual(Dual):
    def relu(self):
        return Dual(np.maximum(self.value, 0.0), np.where(self.value >= 0, self.tangent, 0.0))
