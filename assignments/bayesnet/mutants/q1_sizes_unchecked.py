"""One name with 1 and with 3 states: broadcasting hides the contradiction."""

question = "q1"


class Factor(Factor):
    def product(self, other):
        variables = list(dict.fromkeys([*self.variables, *other.variables]))
        values = self._spread(variables) * other._spread(variables)
        return Factor(variables, values.shape, values)
