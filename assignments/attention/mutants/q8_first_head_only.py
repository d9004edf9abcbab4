"""Of several heads the first one is drawn."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    weights = np.asarray(weights)
    return _plot(weights[:1] if weights.ndim == 3 else weights, tokens)
