"""The product matches shared axes by their place: the other table is never transposed."""

question = "q1"


class Factor(Factor):
    def product(self, other):
        variables = list(dict.fromkeys([*self.variables, *other.variables]))
        cards = dict(zip(other.variables, other.cards)) | dict(zip(self.variables, self.cards))
        for v, card in zip(other.variables, other.cards):
            if cards[v] != card:
                raise ValueError("cards differ")
        mine = self.values.reshape([cards[v] if v in self.variables else 1 for v in variables])
        other_shape = [cards[v] if v in other.variables else 1 for v in variables]
        return Factor(
            variables, [cards[v] for v in variables], mine * other.values.reshape(other_shape)
        )
