"""topological_order is alphabetical."""

question = "q2"


class BayesNet(BayesNet):
    def topological_order(self):
        return sorted(self.states)
