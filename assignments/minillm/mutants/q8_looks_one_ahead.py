"""NumPy's mask is off by one."""

import numpy as np

question = "q8"


class NumpyGPT(NumpyGPT):
    def _mask(self, t, dtype):
        return np.triu(np.full((t, t), -np.inf, dtype), 2)
