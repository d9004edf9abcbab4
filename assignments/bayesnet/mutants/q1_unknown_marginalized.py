"""Summing out a variable that the factor does not have changes nothing, without a word."""

question = "q1"


class Factor(Factor):
    def marginalize(self, variable):
        return super().marginalize(variable) if variable in self.variables else self
