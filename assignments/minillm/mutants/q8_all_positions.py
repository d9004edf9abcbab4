"""Positions are counted from the end of the table, which is right for full windows only."""

question = "q8"


class NumpyGPT(NumpyGPT):
    def _run(self, ids):
        kept, t = self.weights["positions.weight"], ids.shape[1]
        self.weights["positions.weight"] = kept[len(kept) - t :]
        try:
            return super()._run(ids)
        finally:
            self.weights["positions.weight"] = kept
