"""The mutual information is divided by the entropy of the column."""

question = "q3"


def mutual_information(table):
    p = _joint(table)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    return max(
        float(
            _log_ratio(p, rows, columns, p).sum() / max(-_times_log(columns, columns).sum(), 1e-300)
        ),
        0.0,
    )
