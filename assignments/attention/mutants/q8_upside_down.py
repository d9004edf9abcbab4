"""Everything stands on its head, labels and all: query 0 is at the bottom."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    figure = _plot(weights, tokens)
    for axes in figure.axes:
        if axes.images:
            axes.invert_yaxis()
    return figure
