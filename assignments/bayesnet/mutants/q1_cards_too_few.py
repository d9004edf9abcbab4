"""Sizes that are missing are not noticed."""

question = "q1"


class Factor(Factor):
    def __init__(self, variables, cards, values):
        if len(set(variables)) < len(tuple(variables)):
            raise ValueError("variables must all be different")
        self.variables, self.cards = tuple(variables), tuple(cards)
        values = np.array(values, dtype=np.float64)
        if values.shape not in (self.cards, (math.prod(self.cards),)):
            raise ValueError("values have the wrong shape")
        self.values = values.reshape(self.cards)
