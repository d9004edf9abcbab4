"""The loaded model has the right size and fresh weights."""

question = "q5"

_right_load = load_checkpoint


def load_checkpoint(path):
    model, history = _right_load(path)
    return GPT(model.config), history
