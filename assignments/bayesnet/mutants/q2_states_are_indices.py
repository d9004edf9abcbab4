"""joint takes a number for an index, although it is the name of a state."""

question = "q2"


class BayesNet(BayesNet):
    def joint(self, assignment):
        named = {}
        for v, state in assignment.items():
            plain = type(state) is int and v in self.states and 0 <= state < len(self.states[v])
            named[v] = self.states[v][state] if plain else state
        return super().joint(named)
