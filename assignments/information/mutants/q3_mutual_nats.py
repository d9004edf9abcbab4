"""The mutual information is in nats."""

question = "q3"


def mutual_information(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    return max(float(_log_ratio(p, rows, columns, p).sum()) * math.log(2), 0.0)
