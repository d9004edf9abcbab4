"""Without a min_lr the rate falls to 0."""

question = "q5"

_right = train


def train(model, ids, steps, *args, min_lr=None, **options):
    return _right(model, ids, steps, *args, min_lr=min_lr or 0.0, **options)
