"""No mask: every place sees the whole text."""

import numpy as np

question = "q8"


class NumpyGPT(NumpyGPT):
    def _mask(self, t, dtype):
        return np.zeros((t, t), dtype)
