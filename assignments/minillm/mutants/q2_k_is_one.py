"""Whatever k is, 1 is added."""

question = "q2"


class NGramModel(NGramModel):
    def __init__(self, n, smoothing, k=1.0):
        super().__init__(n, smoothing, 1.0)
