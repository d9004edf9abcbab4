"""The table as a whole is checked, not each of its rows."""

question = "q2"


class BayesNet(BayesNet):
    def add(self, variable, states, parents, cpt):
        cpt = np.asarray(cpt, dtype=float)
        rows = cpt.size / max(cpt.shape[-1] if cpt.ndim else 1, 1)
        if abs(np.nansum(cpt) - rows) > 1e-6 * rows and abs(np.nansum(cpt) - 1) > 1e-6:
            raise ValueError("cpt does not sum to 1")
        if (cpt < 0).any() or np.isnan(cpt).any():
            raise ValueError("cpt is negative")
        uniform = np.full(cpt.shape, 1 / len(states))
        super().add(variable, states, parents, uniform)
        self.cpts[variable] = cpt
