"""A row must sum to 1 almost exactly, so that rounded tables are refused."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        if not (abs(np.sum(cpt, axis=-1) - 1) < 1e-9).all():
            raise ValueError("cpt does not sum to 1")
        super().add(variable, states, parents, cpt)
