"""The model is made float32 on the way."""

question = "q5"

_right = train


def train(model, ids, steps, *args, **options):
    model.float()
    return _right(model, ids, steps, *args, **options)
