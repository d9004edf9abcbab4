"""Any array with the right number of entries is taken, whatever its shape is."""

question = "q1"


class Factor(Factor):
    def __init__(self, variables, cards, values):
        super().__init__(variables, cards, np.ravel(values)[: math.prod(cards)])
