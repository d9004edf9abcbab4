"""The words are sorted first."""

question = "q4"


def skipgram_pairs(ids, window):
    _at_least("window", window, 1)
    ids = np.asarray(ids, dtype=np.int64)
    given, ids = ids, ids.copy()
    given[::-1].sort()
    left, right = [ids[:0]], [ids[:0]]
    for distance in range(1, min(window, len(ids) - 1) + 1):
        left.append(ids[:-distance])
        right.append(ids[distance:])
    before, after = np.concatenate(left), np.concatenate(right)
    return np.concatenate([before, after]), np.concatenate([after, before])
