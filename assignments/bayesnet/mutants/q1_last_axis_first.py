"""The product puts the new variables of the other factor first."""

question = "q1"


class Factor(Factor):
    def product(self, other):
        right = super().product(other)
        new = [v for v in right.variables if v not in self.variables]
        order = [*new, *self.variables]
        values = right.values.transpose([right.variables.index(v) for v in order])
        return Factor(order, values.shape, values)
