"""The arrays are those of the caller, which training then changes."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def __init__(self, weights, config):
        self.weights, self.config = dict(weights), config
