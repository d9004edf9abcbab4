"""Distances 1 to window - 1."""

question = "q4"


def skipgram_pairs(ids, window):
    _at_least("window", window, 1)
    ids = np.asarray(ids, dtype=np.int64)
    left, right = [ids[:0]], [ids[:0]]
    for distance in range(1, min(window, len(ids))):
        left.append(ids[:-distance])
        right.append(ids[distance:])
    before, after = np.concatenate(left), np.concatenate(right)
    return np.concatenate([before, after]), np.concatenate([after, before])
