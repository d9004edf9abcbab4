"""Rows that do not sum to 1 are divided by their sum."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        cpt = np.array(cpt, dtype=np.float64)
        if cpt.ndim and np.isfinite(cpt).all() and (cpt.sum(axis=-1) > 0).all():
            cpt = cpt / cpt.sum(axis=-1, keepdims=True)
        super().add(variable, states, parents, cpt)
