"""The last, shorter window is left out."""

question = "q7"

_right = evaluate


def evaluate(model, ids, characters=None):
    full = (len(ids) - 1) // model.config.block_size * model.config.block_size
    return _right(model, ids[: full + 1] if full else ids, characters)
