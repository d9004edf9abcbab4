"""A variable that is added twice is replaced; so a cycle can be made."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        if variable in parents:
            raise ValueError("own parent")
        for known in (self.states, self.parents, self.cpts):
            known.pop(variable, None)
        super().add(variable, states, parents, cpt)
