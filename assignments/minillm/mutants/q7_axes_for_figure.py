"""plot_history gives the axes instead of the figure."""

question = "q7"

_right = plot_history


def plot_history(history):
    return _right(history).axes[0]
