"""Only pairs that attract each other count."""

question = "q3"


def mutual_information(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    return max(float(np.maximum(_log_ratio(p, rows, columns, p), 0).sum()), 0.0)
