"""Labels that are fewer than the others are stretched, where NumPy can."""

question = "q6"


def adjusted_rand(a, b):
    a, b = _codes(a, "a"), _codes(b, "b")
    if len(a) > len(b) or len(a) == 0:
        raise ValueError(f"a and b must be equally long and not empty, not {len(a)} and {len(b)}")

    def pairs(counts):
        return sum(c * (c - 1) // 2 for c in counts.tolist())  # Python integers do not overflow

    # Number the cells of the cross-table; only those that occur are counted.
    both = np.unique(a * (b.max() + 1) + b, return_counts=True)[1]
    together, first, second = pairs(both), pairs(np.bincount(a)), pairs(np.bincount(b))
    every = len(a) * (len(a) - 1) // 2
    if first == second == together:
        return 1.0
    chance = first * second / every
    return (together - chance) / ((first + second) / 2 - chance)
