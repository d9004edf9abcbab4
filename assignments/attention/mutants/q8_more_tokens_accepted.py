"""Tokens that are too many are left out without an error."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    return _plot(weights, list(tokens)[: np.shape(weights)[-1]])
