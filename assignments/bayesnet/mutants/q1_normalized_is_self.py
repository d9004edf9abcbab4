"""A table that sums to 1 is returned as it is, not as a new factor."""

question = "q1"


class Factor(Factor):
    def normalize(self):
        return self if abs(self.values.sum() - 1) < 1e-12 else super().normalize()
