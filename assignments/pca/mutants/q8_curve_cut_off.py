"""The limits of the axes leave the curve outside."""

question = "q8"


_whole_figure = plot_variance


def plot_variance(pca):
    figure = _whole_figure(pca)
    for axes in figure.axes:
        axes.set_ylim(1.0, 1.05)
    return figure
