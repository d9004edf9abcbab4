"""Values keep the type of number that they came in."""

question = "q1"


class Factor(Factor):
    def __init__(self, variables, cards, values):
        super().__init__(variables, cards, values)
        given = np.asarray(values)
        if given.dtype.kind in "iuf":
            self.values = self.values.astype(given.dtype)
