"""The mean is that of the first 256 points."""

question = "q6"


_silhouette = silhouette


def silhouette(x, labels):
    x, labels = np.asarray(x), list(labels)
    if x.ndim == 2 and len(x) == len(labels) > 256:
        x, labels = x[:256], labels[:256]
    return _silhouette(x, labels)
