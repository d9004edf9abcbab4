"""NaN passes, because it is not negative and its row sum is not off by a number."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        given = np.asarray(cpt, dtype=float)
        if np.isnan(given).any():
            cpt = np.full(given.shape, 1 / given.shape[-1])
        super().add(variable, states, parents, cpt)
