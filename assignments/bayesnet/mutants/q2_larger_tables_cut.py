"""Of a table that is too large the first rows and states are taken."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        cpt = np.asarray(cpt, dtype=np.float64)
        if all(p in self.states for p in parents) and cpt.ndim == len(parents) + 1:
            sizes = [*(len(self.states[p]) for p in parents), len(states)]
            cpt = cpt[tuple(slice(size) for size in sizes)]
        super().add(variable, states, parents, cpt)
