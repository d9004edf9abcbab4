"""The pmi is in nats."""

question = "q3"


def pmi(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    found = _log_ratio(p, rows, columns, math.log(2))
    return np.where((p == 0) & (rows > 0) & (columns > 0), -np.inf, found)
