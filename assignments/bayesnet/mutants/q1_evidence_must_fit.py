"""Evidence about a variable that the factor does not have is refused."""

question = "q1"


class Factor(Factor):
    def reduce(self, evidence):
        for variable in evidence:
            self._axis(variable)
        return super().reduce(evidence)
