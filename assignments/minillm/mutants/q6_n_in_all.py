"""n is the length of the whole, prompt included."""

question = "q6"

_right = sample


def sample(model, ids, n, **options):
    return _right(model, ids, max(n - len(ids), 0), **options)
