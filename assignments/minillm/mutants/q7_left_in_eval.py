"""The model is left in evaluation mode."""

question = "q7"

_right = evaluate


def evaluate(model, ids, characters=None):
    result = _right(model, ids, characters)
    model.eval()
    return result
