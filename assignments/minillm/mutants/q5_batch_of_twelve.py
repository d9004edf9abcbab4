"""batch_size is ignored."""

question = "q5"

_right = train


def train(model, ids, steps, batch_size=12, *args, **options):
    return _right(model, ids, steps, 12, *args, **options)
