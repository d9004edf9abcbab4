"""A number of tokens that does not fit is cut or filled up."""

question = "q8"
_plot = plot_attention


def plot_attention(weights, tokens):
    t = np.shape(weights)[-1]
    return _plot(weights, [*tokens, *[""] * t][:t])
