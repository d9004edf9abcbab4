"""Two states may have the same name."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        states = list(states)
        super().add(variable, [(i, s) for i, s in enumerate(states)], parents, cpt)
        self.states[variable] = tuple(states)
