"""A parent that was not added is given two states."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        for parent in parents:
            if parent not in self.states and parent != variable:
                super().add(parent, ["no", "yes"], [], [0.5, 0.5])
        super().add(variable, states, parents, cpt)
