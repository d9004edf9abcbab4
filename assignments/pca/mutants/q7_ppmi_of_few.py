"""A sum of counts below 1 is taken for 1."""

question = "q7"


_of_any = ppmi


def ppmi(counts):
    table = _of_any(counts)
    total = np.sum(counts)
    return table if total >= 1 or total == 0 else np.maximum(table + np.log(total), 0.0)
