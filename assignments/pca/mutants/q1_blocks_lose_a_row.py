"""The table is cut into blocks, and the last row of each is left out."""

question = "q1"


_whole_scatter = _scatter


def covariance(x):
    x = _table(x)
    mean = x.mean(axis=0)
    starts = range(0, len(x), 2048)
    blocks = [x[start : start + 2048 - (len(x) > 2048)] for start in starts]
    return sum(_whole_scatter(block, mean) for block in blocks) / (len(x) - 1)
