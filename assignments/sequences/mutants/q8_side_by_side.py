"""The longest common run is taken."""

question = "q8"


def rouge_l(candidate, reference, beta=1.0):
    longest = 0
    row = [0] * (len(reference) + 1)
    for x in candidate:
        above, row = row, [0]
        for j, y in enumerate(reference, start=1):
            row.append(above[j - 1] + 1 if x == y else 0)
            longest = max(longest, row[-1])
    common = longest
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(candidate), common / len(reference)
    f = (1 + beta**2) * precision * recall / (recall + beta**2 * precision)
    return precision, recall, f
