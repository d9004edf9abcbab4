"""The history of a single step cannot be drawn."""

question = "q7"


_plot_history = plot_history


def plot_history(history):
    if len(history.step) < 2:
        raise ValueError("history: one step is no line")
    return _plot_history(history)
