"""Probabilities below 1e-12 are rounded to 0."""

question = "q2"


class BayesNet(BayesNet):
    def joint(self, assignment):
        return round(super().joint(assignment), 12)
