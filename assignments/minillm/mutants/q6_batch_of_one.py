"""The result has a leading axis of one."""

question = "q6"

_right = sample


def sample(model, ids, n, **options):
    return _right(model, ids, n, **options)[None]
