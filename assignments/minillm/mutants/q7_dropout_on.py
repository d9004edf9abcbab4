"""Dropout stays on while evaluating."""

question = "q7"

_right = evaluate


def evaluate(model, ids, characters=None):
    model.eval = lambda: model
    try:
        return _right(model, ids, characters)
    finally:
        del model.eval
