"""An empty prompt is taken for the token 0."""

question = "q6"

_right = sample


def sample(model, ids, n, **options):
    return _right(model, ids if len(ids) else [0], n, **options)
