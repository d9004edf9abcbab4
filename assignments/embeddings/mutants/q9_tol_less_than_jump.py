"""`tol` minus the probability of a jump, not times it."""

question = "q9"


def pagerank(weights, damping=0.85, tol=1e-10):
    weights = _square(weights, "weights")
    _at_least("number of rows of weights", len(weights), 1)
    _not_negative("weights", weights)
    if not 0 <= damping < 1:
        raise ValueError(f"damping must be in [0, 1), not {damping}")
    _positive("tol", tol)
    n = len(weights)
    total = weights.sum(axis=1, keepdims=True)  # (n, 1)
    step = np.where(total > 0, weights / np.where(total > 0, total, 1.0), 1 / n)
    rank, change = np.full(n, 1 / n), np.inf
    # The error is at most damping / (1 - damping) times the last change.
    while change * damping > tol - (1 - damping):
        new = (1 - damping) / n + damping * (rank @ step)
        new /= new.sum()
        change, rank = np.abs(new - rank).sum(), new
        if change < 1e-15:
            break
    return rank
