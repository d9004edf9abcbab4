"""The labels of the queries run from bottom to top, the rows from top to bottom."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    figure = _plot(weights, tokens)
    for axes in figure.axes:
        if axes.images:
            axes.set_yticks(range(len(tokens)), list(tokens)[::-1])
    return figure
