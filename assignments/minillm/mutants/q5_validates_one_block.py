"""Validation looks at the first window of the held-out text only."""

question = "q5"

_right = train


def train(model, ids, steps, *args, val_ids=None, **options):
    val_ids = None if val_ids is None else val_ids[: model.config.block_size + 1]
    return _right(model, ids, steps, *args, val_ids=val_ids, **options)
