"""No updates at all are refused, where nothing is said of the rate."""

question = "q5"


_train = train


def train(model, ids, steps, **options):
    if steps < 1 and "max_lr" not in options:
        raise ValueError("steps must be at least 1")
    return _train(model, ids, steps, **options)
