"""What reduce returns has its names in a dict, and no other method can use it."""

question = "q1"


class Factor(Factor):
    def reduce(self, evidence):
        smaller = super().reduce(evidence)
        smaller.variables = dict.fromkeys(smaller.variables)
        return smaller
