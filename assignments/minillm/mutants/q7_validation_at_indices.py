"""Validation losses are drawn at 0, 1, 2 … instead of at their steps."""

question = "q7"

_right = plot_history


def plot_history(history):
    history.val_step = list(range(len(history.val_loss)))
    return _right(history)
