"""A k below 1 is taken for 1."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def __init__(self, k):
        super().__init__(max(k, 1))
