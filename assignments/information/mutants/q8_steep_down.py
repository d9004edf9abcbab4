"""Weights are kept from growing too large for rising slopes only: falling ones overflow."""

question = "q8"


def _tilted(places, strength):
    with np.errstate(all="ignore"):
        weights = np.exp2(strength * (places - (strength != 0)))
        return weights / weights.sum()
