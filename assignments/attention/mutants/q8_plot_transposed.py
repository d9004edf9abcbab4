"""Queries run to the right, and the labels do not say so."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    return _plot(np.swapaxes(weights, -1, -2), tokens)
