"""A variable may be its own parent."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        if variable in parents and variable not in self.states:
            self.states[variable] = tuple(states)
            others = [p for p in parents if p != variable]
            self.parents[variable], self.cpts[variable] = tuple(others), np.asarray(cpt)
        else:
            super().add(variable, states, parents, cpt)
