"""Variables are told apart by their first letter."""

question = "q1"


class Factor(Factor):
    def product(self, other):
        right = super().product(other)
        mine, theirs, out = ("".join(str(v)[0] for v in f.variables) for f in (self, other, right))
        values = np.einsum(f"{mine},{theirs}->{out}", self.values, other.values)
        return Factor(right.variables, right.cards, values)
