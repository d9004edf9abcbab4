"""A variable may be named twice."""

question = "q1"


class Factor(Factor):
    def __init__(self, variables, cards, values):
        self.variables, self.cards = tuple(variables), tuple(cards)
        if len(self.cards) != len(self.variables):
            raise ValueError("cards must have an entry for each variable")
        values = np.array(values, dtype=np.float64)
        if values.shape not in (self.cards, (math.prod(self.cards),)):
            raise ValueError("values have the wrong shape")
        self.values = values.reshape(self.cards)
