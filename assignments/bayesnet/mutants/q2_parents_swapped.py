"""joint reads the axes of the parents in reverse."""

question = "q2"


class BayesNet(BayesNet):
    def joint(self, assignment):
        state = _indices(self, assignment)
        if len(state) < len(self.states):
            raise ValueError("assignment lacks a variable")
        p = 1.0
        for v, cpt in self.cpts.items():
            axes = range(cpt.ndim - 1)
            table = np.transpose(cpt, [*reversed(axes), cpt.ndim - 1])
            index = [state[u] for u in self.parents[v]]
            index = [min(i, n - 1) for i, n in zip(index, table.shape)]
            p *= float(table[(*index, state[v])])
        return p
