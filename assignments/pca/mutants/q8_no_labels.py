"""Axes without labels."""

question = "q8"


def plot_variance(pca):
    number = np.arange(1, len(pca.explained_variance_ratio) + 1)
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.bar(number, pca.explained_variance_ratio)
    right.plot(number, np.cumsum(pca.explained_variance_ratio))
    return figure
