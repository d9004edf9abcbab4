"""One cluster only counts as 0."""

question = "q6"
_right = silhouette


def silhouette(x, labels):
    if len(set(labels)) == 1:
        return 0.0
    return _right(x, labels)
