"""No new tokens at all are refused."""

question = "q6"


_sample = sample


def sample(model, ids, n, **options):
    if n < 1:
        raise ValueError("n must be at least 1")
    return _sample(model, ids, n, **options)
