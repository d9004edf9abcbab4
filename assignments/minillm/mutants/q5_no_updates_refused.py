"""No updates at all are refused."""

question = "q5"


_train = train


def train(model, ids, steps, **options):
    if steps < 1:
        raise ValueError("steps must be at least 1")
    return _train(model, ids, steps, **options)
