"""What training discarded, whatever the rows are."""

question = "q4"


def reconstruction_error(pca, x):
    _table(x, columns=len(pca.mean))
    total = pca.explained_variance.sum() / pca.explained_variance_ratio.sum()
    return float(total - pca.explained_variance.sum())
