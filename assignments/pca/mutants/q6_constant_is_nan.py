"""Where no row differs from another, the ratio is 0/0."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def result(self):
        p = super().result()
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = p.explained_variance / (self._total / (self._rows - 1))
        return PCA(p.components, p.explained_variance, ratio, p.mean)
