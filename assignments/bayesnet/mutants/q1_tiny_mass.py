"""A table whose sum is nearly 0 is taken for empty."""

question = "q1"


class Factor(Factor):
    def normalize(self):
        if np.isclose(self.values.sum(), 0):
            raise ValueError("the factor cannot be normalized")
        return super().normalize()
