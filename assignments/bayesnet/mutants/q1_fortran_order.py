"""Flat values are filled in with the first variable running fastest."""

question = "q1"


class Factor(Factor):
    def __init__(self, variables, cards, values):
        super().__init__(variables, cards, values)
        flat = np.asarray(values, dtype=float)
        if flat.ndim == 1:
            self.values = flat.reshape(self.cards, order="F")
