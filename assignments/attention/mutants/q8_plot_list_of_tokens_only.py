"""Tokens have to be a list."""

question = "q8"


_plot_attention = plot_attention


def plot_attention(weights, tokens):
    return _plot_attention(weights, tokens.copy())
