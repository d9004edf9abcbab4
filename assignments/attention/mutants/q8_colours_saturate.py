"""From a tenth on every weight has the colour of 1."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    figure = _plot(weights, tokens)
    for axes in figure.axes:
        for image in axes.images:
            image.set_clim(0, 0.1)
    return figure
