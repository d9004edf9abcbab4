"""A table with the right number of entries is reshaped."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        if all(p in self.states for p in parents):
            shape = (*(len(self.states[p]) for p in parents), len(states))
            if np.size(cpt) == math.prod(shape):
                cpt = np.reshape(cpt, shape)
        super().add(variable, states, parents, cpt)
