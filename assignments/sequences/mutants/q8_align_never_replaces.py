"""Replacements are a deletion and an insertion."""

question = "q8"


def align(a, b):
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, start=1):
        above, row = rows[-1], [i]
        for j, y in enumerate(b, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
        rows.append(row)
    pairs, i, j = [], len(a), len(b)
    while i or j:
        here = rows[i][j]
        if i and j and a[i - 1] == b[j - 1] and here == rows[i - 1][j - 1]:
            i, j = i - 1, j - 1
            pairs.append((a[i], b[j]))
        elif i:
            i -= 1
            pairs.append((a[i], None))
        else:
            j -= 1
            pairs.append((None, b[j]))
    return pairs[::-1]
