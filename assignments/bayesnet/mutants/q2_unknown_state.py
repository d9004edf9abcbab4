"""A state that the variable does not have has probability 0."""

question = "q2"


class BayesNet(BayesNet):
    def joint(self, assignment):
        for variable, state in assignment.items():
            if variable in self.states and state not in self.states[variable]:
                return 0.0
        return super().joint(assignment)
