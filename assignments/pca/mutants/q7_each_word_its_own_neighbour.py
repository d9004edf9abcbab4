"""Distance 0 counts too."""

question = "q7"


def cooccurrence(tokens, vocabulary, window):
    _between("window", window, 1, np.inf)
    size = len(vocabulary)
    index = {word: i for i, word in enumerate(vocabulary)}
    ids = np.array([index.get(token, -1) for token in tokens], dtype=np.int64)
    counts = np.zeros((size, size))
    for distance in range(1, min(window, len(ids) - 1) + 1):
        left, right = ids[:-distance], ids[distance:]
        known = (left >= 0) & (right >= 0)
        np.add.at(counts, (left[known], right[known]), 1)
    return counts + counts.T + np.diag(np.bincount(ids[ids >= 0], minlength=size))
