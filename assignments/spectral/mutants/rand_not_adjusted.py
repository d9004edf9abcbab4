"""The share of pairs that agree, without the correction for chance."""

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
    every = len(a) * (len(a) - 1) // 2
    if first == second == together:
        return 1.0
    return float((every + 2 * together - first - second) / every)
