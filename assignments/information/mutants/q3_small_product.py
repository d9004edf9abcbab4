"""The product of two small probabilities is 0."""

question = "q3"


def pmi(table):
    p = _joint(table)
    chance = p.sum(axis=1, keepdims=True) * p.sum(axis=0, keepdims=True)
    with np.errstate(all="ignore"):
        return np.where(chance > 0, np.log2(p / np.where(chance > 0, chance, 1.0)), 0.0)
