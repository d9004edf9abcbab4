"""All colours are the same: the scale ends below every weight."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    figure = _plot(weights, tokens)
    for axes in figure.axes:
        for image in axes.images:
            image.set_clim(-1, -0.5)
    return figure
