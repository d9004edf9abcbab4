"""A table of zeros is normalized to NaN."""

question = "q1"


class Factor(Factor):
    def normalize(self):
        with np.errstate(invalid="ignore"):
            return Factor(self.variables, self.cards, self.values / self.values.sum())
