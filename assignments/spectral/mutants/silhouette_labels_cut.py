"""Labels that are too many are left out."""

question = "q6"
_right = silhouette


def silhouette(x, labels):
    return _right(x, list(labels)[: len(x)])
