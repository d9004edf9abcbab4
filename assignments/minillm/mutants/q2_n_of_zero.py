"""n = 0 is taken for 1."""

question = "q2"


class NGramModel(NGramModel):
    def __init__(self, n, smoothing, k=1.0):
        super().__init__(max(n, 1), smoothing, k)
