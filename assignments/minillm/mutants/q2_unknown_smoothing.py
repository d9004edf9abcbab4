"""An unknown smoothing is taken for Kneser–Ney."""

question = "q2"


class NGramModel(NGramModel):
    def __init__(self, n, smoothing, k=1.0):
        known = ("add-k", "witten-bell", "kneser-ney")
        super().__init__(n, smoothing if smoothing in known else "kneser-ney", k)
