"""Several heads are averaged into one map."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    weights = np.asarray(weights)
    return _plot(weights.mean(axis=0) if weights.ndim == 3 else weights, tokens)
