"""Labels become a NumPy array first, in which 1 and "1" are the same."""

question = "q6"
_right = silhouette


def silhouette(x, labels):
    if any(isinstance(label, str) for label in labels):
        labels = [str(label) for label in labels]
    return _right(x, labels)
