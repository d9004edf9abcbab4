"""The weights are divided by the largest, in place, after they are drawn."""

question = "q8"


_plot_attention = plot_attention


def plot_attention(weights, tokens):
    figure = _plot_attention(weights, tokens)
    if isinstance(weights, np.ndarray):
        weights /= max(weights.max(), 1e-9)
    return figure
