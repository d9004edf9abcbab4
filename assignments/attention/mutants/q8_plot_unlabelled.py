"""No tokens along the axes."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    figure = _plot(weights, tokens)
    for axes in figure.axes:
        axes.set_xticks([])
        axes.set_yticks([])
    return figure
