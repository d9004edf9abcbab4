"""Scores are divided by the root of the whole width instead of a head's."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def _attend(self, qkv, b, t):
        qkv = qkv.copy()
        c = qkv.shape[1] // 3
        qkv[:, :c] /= self.config.n_head**0.5
        return super()._attend(qkv, b, t)
