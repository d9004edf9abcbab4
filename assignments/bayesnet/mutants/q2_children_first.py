"""topological_order lists children before parents."""

question = "q2"


class BayesNet(BayesNet):
    def topological_order(self):
        return list(self.states)[::-1]
