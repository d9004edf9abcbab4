"""The parameters are listed bias before weight."""

question = "q7"


class MLP(MLP):
    def parameters(self):
        p = super().parameters()
        return [q for pair in zip(p[1::2], p[::2]) for q in pair]
