"""The cosine always ends with this call."""

question = "q5"

_right = train


def train(model, ids, steps, *args, total=None, **options):
    return _right(model, ids, steps, *args, **options)
