"""Where a and b are both 0 the point counts as 1."""

question = "q6"
_right = silhouette


def silhouette(x, labels):
    if not np.ptp(np.asarray(x, dtype=float)):
        return 1.0
    return _right(x, labels)
