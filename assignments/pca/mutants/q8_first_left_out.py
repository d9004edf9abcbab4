"""The first component is not drawn: it would hide the others."""

question = "q8"


_right_plot = plot_variance


def plot_variance(pca):
    ratio = pca.explained_variance_ratio[1:]
    return _right_plot(PCA(pca.components[1:], pca.explained_variance[1:], ratio, pca.mean))
