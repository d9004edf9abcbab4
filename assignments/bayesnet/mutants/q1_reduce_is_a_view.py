"""What reduce returns shares its values with the operand."""

question = "q1"


class Factor(Factor):
    def reduce(self, evidence):
        smaller = super().reduce(evidence)
        index = tuple(evidence.get(v, slice(None)) for v in self.variables)
        smaller.values = self.values[index]
        return smaller
