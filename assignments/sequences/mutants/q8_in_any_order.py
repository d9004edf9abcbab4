"""Common items count in any order."""

question = "q8"


def rouge_l(candidate, reference, beta=1.0):
    row = [0] * (len(reference) + 1)
    for x in candidate:
        above, row = row, [0]
        for j, y in enumerate(reference, start=1):
            row.append(above[j - 1] + 1 if x == y else max(above[j], row[-1]))
    common = (Counter(candidate) & Counter(reference)).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(candidate), common / len(reference)
    f = (1 + beta**2) * precision * recall / (recall + beta**2 * precision)
    return precision, recall, f
