"""Names of different types cannot be sorted."""

question = "q1"


class Factor(Factor):
    def product(self, other):
        sorted({*self.variables, *other.variables})
        return super().product(other)
