"""A token that occurs twice is written once."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    figure = _plot(weights, tokens)
    seen = list(dict.fromkeys(tokens))
    for axes in figure.axes:
        if axes.images:
            axes.set_xticks(range(len(seen)), seen)
    return figure
