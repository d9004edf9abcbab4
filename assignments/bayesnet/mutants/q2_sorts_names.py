"""topological_order sorts the names of each generation, which mixed names cannot be."""

question = "q2"


class BayesNet(BayesNet):
    def topological_order(self):
        order, waiting = [], sorted(self.states)
        while waiting:
            for variable in waiting:
                if all(p in order for p in self.parents[variable]):
                    order.append(variable)
                    waiting.remove(variable)
                    break
        return order
