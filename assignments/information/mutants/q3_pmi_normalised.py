"""The pmi is divided by the surprise at the pair."""

question = "q3"


def pmi(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    found = _log_ratio(p, rows, columns, 1.0) / -np.log2(np.where((p > 0) & (p < 1), p, 0.5))
    return np.where((p == 0) & (rows > 0) & (columns > 0), -np.inf, found)
