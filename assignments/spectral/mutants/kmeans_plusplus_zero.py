"""The probabilities of k-means++ are 0/0 when every point is a centre."""

question = "q4"


def _spread(x, k, rng):
    centers = x[rng.integers(len(x), size=1)]
    while len(centers) < k:
        distance = ((x[:, None] - centers) ** 2).sum(axis=2).min(axis=1)
        with np.errstate(invalid="ignore"):
            centers = np.vstack([centers, x[rng.choice(len(x), p=distance / distance.sum())]])
    return centers
