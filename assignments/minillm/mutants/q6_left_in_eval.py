"""The model is left in evaluation mode."""

question = "q6"

_right = sample


def sample(model, *args, **options):
    result = _right(model, *args, **options)
    model.eval()
    return result
