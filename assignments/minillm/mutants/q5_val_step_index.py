"""val_step numbers the validations instead of the updates before them."""

question = "q5"

_right = train


def train(model, ids, steps, *args, **options):
    history = _right(model, ids, steps, *args, **options)
    history.val_step = list(range(len(history.val_loss)))
    return history
