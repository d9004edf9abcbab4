"""The final norm is left out."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def _run(self, ids):
        logits, saved = super()._run(ids)
        x, (normed, scale), _ = saved
        stream = normed / scale + 0 * x
        w = self.weights["tokens.weight"]
        return (stream @ w.T).reshape(logits.shape), saved
