"""The validation losses are not drawn."""

question = "q7"

_right = plot_history


def plot_history(history):
    history.val_step, history.val_loss = [], []
    return _right(history)
