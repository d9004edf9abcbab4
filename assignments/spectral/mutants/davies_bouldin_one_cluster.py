"""One cluster only has the index 0."""

question = "q6"
_right = davies_bouldin


def davies_bouldin(x, labels):
    if len(set(labels)) == 1:
        return 0.0
    return _right(x, labels)
