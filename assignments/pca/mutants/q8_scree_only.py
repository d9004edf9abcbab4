"""No cumulative ratio."""

question = "q8"


def plot_variance(pca):
    number = np.arange(1, len(pca.explained_variance_ratio) + 1)
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.bar(number, pca.explained_variance_ratio)
    right.plot(number, pca.explained_variance_ratio)
    left.set(xlabel="component", ylabel="ratio")
    right.set(xlabel="component", ylabel="cumulative ratio")
    return figure
