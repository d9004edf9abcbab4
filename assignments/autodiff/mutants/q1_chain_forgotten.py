"""sin and cos return their slope and forget the tangent that arrives."""

question = "q1"


class Dual(Dual):
    def sin(self):
        return Dual(np.sin(self.value), np.cos(self.value) + 0 * self.tangent)

    def cos(self):
        return Dual(np.cos(self.value), -np.sin(self.value) + 0 * self.tangent)
