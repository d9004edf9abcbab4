"""Not the mean, the sum of the points is subtracted: a large offset grows."""

question = "q7"


def conditional_affinities(x, perplexity):
    x = _table(x, "x")
    n = len(x)
    _at_least("number of rows of x", n, 3)
    if not 1 < perplexity < n - 1:
        raise ValueError(f"perplexity must be above 1 and below {n - 1}, not {perplexity}")
    x = x - x.sum(axis=0)
    squared = np.zeros((n, n))
    for column in x.T:  # differences keep the digits of small distances beside a large one
        squared += (column[:, None] - column) ** 2
    np.fill_diagonal(squared, np.inf)
    squared -= squared.min(axis=1, keepdims=True)
    others = ~np.eye(n, dtype=bool)
    distance = squared[others].reshape(n, n - 1)
    scale = distance.mean(axis=1, keepdims=True)
    distance /= np.where(scale > 0, scale, 1.0)  # now beta has no unit
    low, high, beta = np.zeros((n, 1)), np.full((n, 1), np.inf), np.ones((n, 1))
    wanted = np.log(perplexity)
    for _ in range(200):
        p = np.exp(-beta * distance)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        entropy = np.log(total) + beta * (p * distance).sum(axis=1, keepdims=True)
        if np.abs(entropy - wanted).max() < 1e-9:
            break
        wide = entropy > wanted
        low, high = np.where(wide, beta, low), np.where(wide, high, beta)
        beta = np.where(np.isinf(high), 2 * beta, (low + high) / 2)
    result = np.zeros((n, n))
    result[others] = p.ravel()
    return result
