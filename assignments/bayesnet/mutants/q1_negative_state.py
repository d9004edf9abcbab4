"""reduce takes the index -1 for the last state."""

question = "q1"


class Factor(Factor):
    def reduce(self, evidence):
        fixed = {v: evidence[v] % c for v, c in zip(self.variables, self.cards) if v in evidence}
        return super().reduce(fixed)
