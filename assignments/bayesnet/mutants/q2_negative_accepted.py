"""Only the sums of rows are checked, not the sign of entries."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        cpt = np.array(cpt, dtype=np.float64)
        shares = np.full(cpt.shape, 1 / max(len(states), 1))
        super().add(variable, states, parents, shares if (cpt < 0).any() else cpt)
        if (cpt < 0).any() and not (abs(cpt.sum(axis=-1) - 1) <= 1e-6).all():
            raise ValueError("a row does not sum to 1")
        self.cpts[variable] = cpt
