"""Weights have to be an array."""

question = "q8"


_plot_attention = plot_attention


def plot_attention(weights, tokens):
    if weights.ndim == 2:
        weights = weights[None]
    return _plot_attention(weights, tokens)
