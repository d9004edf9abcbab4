"""The conditional entropy is in nats."""

question = "q3"


def conditional_entropy(table):
    p = _joint(table)
    return max(-float(_log_ratio(p, p.sum(axis=1, keepdims=True), 1.0, p).sum()) * math.log(2), 0.0)
