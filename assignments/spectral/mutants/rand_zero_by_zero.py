"""Both labellings trivial: 0/0."""

question = "q6"


def adjusted_rand(a, b):
    a, b = _codes(a, "a"), _codes(b, "b")
    if len(a) != len(b) or len(a) == 0:
        raise ValueError("a and b must be equally long and not empty")
    table = np.zeros((a.max() + 1, b.max() + 1), dtype=np.int64)
    np.add.at(table, (a, b), 1)

    def pairs(counts):
        return (counts * (counts - 1) // 2).sum()

    together, first, second = pairs(table), pairs(table.sum(1)), pairs(table.sum(0))
    every = np.float64(len(a) * (len(a) - 1) // 2)
    with np.errstate(all="ignore"):
        chance = first * second / every
        return float((together - chance) / ((first + second) / 2 - chance))
