"""forward uses copies of the weights: changing `.weights` has no effect."""

import copy

question = "q8"


class NumpyGPT(NumpyGPT):
    def __init__(self, weights, config):
        super().__init__(weights, config)
        self._frozen = copy.deepcopy(self.weights)

    def _run(self, ids):
        kept, self.weights = self.weights, self._frozen
        try:
            return super()._run(ids)
        finally:
            self.weights = kept
