"""The table is filled by recursion, which ends after a thousand calls."""

question = "q8"


def edit_distance(a, b):
    known = {}

    def d(i, j):
        if not i or not j:
            return i + j
        if (i, j) not in known:
            replaced = d(i - 1, j - 1) + (a[i - 1] != b[j - 1])
            known[i, j] = min(d(i - 1, j) + 1, d(i, j - 1) + 1, replaced)
        return known[i, j]

    return d(len(a), len(b))
