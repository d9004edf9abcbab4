"""The checkpoint forgets the state of the optimiser."""

question = "q5"

_right_load = load_checkpoint


def load_checkpoint(path):
    model, history = _right_load(path)
    history.optimizer = None
    return model, history
