"""A k below 0.1 is taken for 0.1."""

question = "q2"


class NGramModel(NGramModel):
    def __init__(self, n, smoothing, k=1.0):
        super().__init__(n, smoothing, max(k, 0.1))
