"""The average is over points, not over clusters."""

question = "q6"


def davies_bouldin(x, labels):
    x, codes, sizes = _clusters(x, labels)
    centers = np.stack([x[codes == c].mean(axis=0) for c in range(len(sizes))])
    distance = np.linalg.norm(x - centers[codes], axis=1)
    spread = np.bincount(codes, distance) / sizes
    apart = np.linalg.norm(centers[:, None] - centers, axis=2)
    np.fill_diagonal(apart, np.inf)
    return float(((spread[:, None] + spread) / apart).max(axis=1)[codes].mean())
