"""A single token cannot be drawn."""

question = "q8"


_plot_attention = plot_attention


def plot_attention(weights, tokens):
    if len(tokens) < 2:
        raise ValueError("tokens: there is nothing to see for one")
    return _plot_attention(weights, tokens)
