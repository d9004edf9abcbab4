"""Only the new ids are returned."""

question = "q6"

_right = sample


def sample(model, ids, n, **options):
    return _right(model, ids, n, **options)[len(ids) :]
