"""Items of a are never left out."""

question = "q8"


def edit_distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        above, row = row, [i]
        for j, y in enumerate(b, start=1):
            row.append(min(above[j] + 2, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]
