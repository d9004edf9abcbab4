"""A parent may be named twice."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        if len(set(parents)) < len(parents):
            self.states[variable] = tuple(states)
            self.parents[variable] = tuple(parents)
            self.cpts[variable] = np.asarray(cpt, dtype=float)
        else:
            super().add(variable, states, parents, cpt)
