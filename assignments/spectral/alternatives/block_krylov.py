"""Another programmer: a block of vectors at a time, classes, and arrays instead of loops.

The eigenvalue solver works on blocks wide enough for the multiplicities it meets; k-means runs all
its starts at once; the embedding takes block inverse iteration and does not need `lanczos`.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu


@dataclass
class Points:
    x: np.ndarray

    def __init__(self, x, name="x"):
        self.x = np.asarray(x, dtype=np.float64)
        if self.x.ndim != 2:
            raise ValueError(f"{name}: expected shape (n, d), got {self.x.shape}")

    def __len__(self):
        return len(self.x)

    def centered(self):
        return self.x - np.median(self.x, axis=0)


def squared(a, b):
    d = np.add.outer((a**2).sum(1), (b**2).sum(1)) - 2 * (a @ b.T)
    d[d < 0] = 0
    return d


def require(**ranges):
    for name, (value, low, high) in ranges.items():
        if value < low or value > high:
            raise ValueError(f"{name} = {value} is outside [{low}, {high}]")


def rbf_affinity(x, gamma):
    x = Points(x).centered()
    if gamma <= 0:
        raise ValueError("gamma <= 0")
    d = squared(x, x)
    d[d < 1e-14 * d.max(initial=1.0)] = 0.0
    return np.exp(-gamma * d) - np.eye(len(x))


def cosine_affinity(x):
    x = Points(x).x
    scale = np.abs(x).max(axis=1, keepdims=True)
    scale[scale == 0] = 1
    x = x / scale
    norm = np.sqrt(np.einsum("ij,ij->i", x, x))
    inverse = np.zeros_like(norm)
    np.divide(1, norm, out=inverse, where=norm > 0)
    x = x * inverse[:, None]
    return np.triu(np.clip(x @ x.T, 0, 1), 1) + np.tril(np.clip(x @ x.T, 0, 1), -1)


def knn_graph(x, k, mutual=False):
    x = Points(x).x
    n = len(x)
    require(k=(k, 1, n - 1))
    rows, columns = [], []
    step = max(1, int(1e6 // n))
    for lo in range(0, n, step):
        hi = min(lo + step, n)
        d = np.zeros((hi - lo, n))
        for j in range(x.shape[1]):
            d += (x[lo:hi, None, j] - x[None, :, j]) ** 2
        d[np.arange(hi - lo), np.arange(lo, hi)] = np.nan  # sorted last
        order = np.lexsort((np.broadcast_to(np.arange(n), d.shape), d), axis=1)[:, :k]
        rows.append(np.repeat(np.arange(lo, hi), k))
        columns.append(order.ravel())
    i, j = np.concatenate(rows), np.concatenate(columns)
    keys, times = np.unique(np.minimum(i, j) * n + np.maximum(i, j), return_counts=True)
    keys = keys[times == 2] if mutual else keys
    i, j = keys // n, keys % n
    ones = np.ones(2 * len(keys))
    return sparse.coo_array((ones, (np.r_[i, j], np.r_[j, i])), shape=(n, n)).tocsr()


def laplacian(w, kind):
    is_sparse = sparse.issparse(w)
    w = w.tocsr().astype(float) if is_sparse else np.asarray(w, dtype=float)
    if len(w.shape) != 2 or w.shape[0] != w.shape[1]:
        raise ValueError("w is not square")
    if w.shape[0] and w.min() < 0:
        raise ValueError("w has negative entries")
    degree = np.ravel(w.sum(axis=1))
    alive = np.where(degree > 0, 1.0, 0.0)
    power = {"unnormalized": (0, 0), "symmetric": (-0.5, -0.5), "random-walk": (-1, 0)}
    if kind not in power:
        raise ValueError(f"unknown kind {kind!r}")
    p, q = power[kind]
    filled = np.where(degree > 0, degree, 1.0)
    main = degree if kind == "unnormalized" else alive
    if is_sparse:
        entries = w.tocoo()
        i, j = entries.row, entries.col
        data = -entries.data * filled[i] ** p * filled[j] ** q
        n = np.arange(len(degree))
        full = sparse.coo_array((np.r_[data, main], (np.r_[i, n], np.r_[j, n])), shape=w.shape)
        return full.tocsr()
    return np.diag(main) - np.multiply.outer(filled**p, filled**q) * w


def lanczos(matvec, n, k, rng, tol=1e-10):
    require(n=(n, 1, np.inf))
    require(k=(k, 1, n))
    if not tol > 0:
        raise ValueError("tol <= 0")

    def apply(block):
        return np.stack([matvec(np.ascontiguousarray(v)) for v in block.T], axis=1)

    width = min(n, k + 3)  # as wide as any multiplicity that can be asked for
    depth = max(1, min(8, n // width))
    block = np.linalg.qr(rng.standard_normal((n, width)))[0]
    while True:
        basis, image = np.empty((n, 0)), np.empty((n, 0))
        for _ in range(depth):
            block = orthonormal(block, basis, rng)
            basis, new = np.hstack([basis, block]), apply(block)
            image = np.hstack([image, new])
            block = new
        if depth * width < n and n <= 3 * width:  # so small that the whole space is at hand
            rest = orthonormal(rng.standard_normal((n, n - basis.shape[1])), basis, rng)
            basis, image = np.hstack([basis, rest]), np.hstack([image, apply(rest)])
        small = basis.T @ image
        theta, s = np.linalg.eigh((small + small.T) / 2)
        vectors = basis @ s[:, :k]
        error = np.linalg.norm(image @ s[:, :k] - vectors * theta[:k], axis=0).max()
        if error <= max(tol, 1e-14) * np.abs(theta).max() or basis.shape[1] == n:
            return theta[:k], vectors
        # Restart with all the better half, not only with what is asked for.
        depth, width = depth, width
        block = basis @ s[:, :width]
        if depth * width >= n // 2:
            depth = max(1, n // width)


def orthonormal(block, basis, rng):
    """Orthonormal columns, orthogonal to `basis`; columns that vanish are replaced by chance."""
    for _ in range(3):
        block = block - basis @ (basis.T @ block)
        q, r = np.linalg.qr(block)
        size = np.abs(np.diag(r))
        lost = size <= 1e-12 * max(size.max(), 1e-300)
        if lost.any():
            q[:, lost] = rng.standard_normal((len(q), lost.sum()))
        block = q
    return np.linalg.qr(block - basis @ (basis.T @ block))[0]


def kmeans(x, k, rng, n_init=10):
    points = Points(x)
    require(k=(k, 1, len(points)), n_init=(n_init, 1, np.inf))
    middle = np.median(points.x, axis=0)
    x = points.x - middle
    results = []
    for _ in range(n_init):
        centers = seeds(x, k, rng)
        labels = None
        for _ in range(500):
            d = ((x[:, None, :] - centers[None]) ** 2).sum(-1)
            previous, labels = labels, d.argmin(1)
            if previous is not None and np.array_equal(previous, labels):
                break
            member = (labels[:, None] == np.arange(k)).astype(float)
            counts = member.sum(0)
            means = (member.T @ x) / np.maximum(counts, 1)[:, None]
            order = iter(np.argsort(d.min(1))[::-1])
            centers = np.array([means[c] if counts[c] else x[next(order)] for c in range(k)])
        results.append((((x - centers[labels]) ** 2).sum(), labels, centers))
    inertia, labels, centers = min(results, key=lambda result: result[0])
    return labels, centers + middle, float(inertia)


def seeds(x, k, rng):
    chosen = [int(rng.integers(len(x)))]
    for _ in range(k - 1):
        d = ((x[:, None] - x[chosen]) ** 2).sum(-1).min(1)
        weights = d / d.sum() if d.sum() > 0 else None
        chosen.append(int(rng.choice(len(x), p=weights)))
    return x[chosen].copy()


def spectral_embedding(w, k):
    matrix = laplacian(w, "symmetric")
    n = matrix.shape[0]
    require(k=(k, 1, n))
    shift = 1e-3
    if sparse.issparse(matrix):
        solver = splu(sparse.csc_array(matrix + shift * sparse.eye_array(n)))
        u = inverse_iteration(solver.solve, matrix, n, k)
    else:
        u = np.linalg.eigh(matrix)[1][:, :k]
    return np.divide(u, np.linalg.norm(u, axis=1)[:, None], out=np.zeros_like(u),
                     where=np.linalg.norm(u, axis=1)[:, None] > 0)  # fmt: skip


def inverse_iteration(solve, matrix, n, k):
    """Block Krylov on the inverse: all vectors of a block in one solve."""
    width = min(n, k + 4)
    block = np.linalg.qr(np.random.default_rng(1).standard_normal((n, width)))[0]
    for _ in range(100):
        basis = block
        for _ in range(min(4, n // width) - 1):
            block = solve(block)
            for _ in range(2):
                block = np.linalg.qr(block - basis @ (basis.T @ block))[0]
            basis = np.hstack([basis, block])
        small = basis.T @ (matrix @ basis)
        values, s = np.linalg.eigh((small + small.T) / 2)
        u = basis @ s[:, :width]
        if np.abs(matrix @ u[:, :k] - u[:, :k] * values[:k]).max() < 1e-11:
            break
        block = np.linalg.qr(solve(u))[0]
    return u[:, :k]


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    match affinity:
        case "knn":
            graph = knn_graph(x, neighbors)
        case "rbf":
            graph = rbf_affinity(x, gamma)
        case "cosine":
            graph = cosine_affinity(x)
        case "precomputed":
            graph = x
        case _:
            raise ValueError(f"affinity: {affinity!r}")
    return kmeans(spectral_embedding(graph, k), k, rng, n_init)[0]


@dataclass
class Partition:
    codes: np.ndarray
    sizes: np.ndarray

    @classmethod
    def of(cls, labels):
        seen = {}
        codes = np.array([seen.setdefault(label, len(seen)) for label in list(labels)], dtype=int)
        return cls(codes, np.bincount(codes, minlength=1))

    def means(self, x):
        member = self.codes == np.arange(len(self.sizes))[:, None]
        return (member @ x) / self.sizes[:, None]


def partition_of(x, labels):
    x, partition = Points(x).x, Partition.of(labels)
    if len(partition.codes) != len(x) or len(partition.sizes) < 2:
        raise ValueError("labels: one per point, and at least two different ones")
    return x, partition


def silhouette(x, labels):
    x, partition = partition_of(x, labels)
    codes, sizes = partition.codes, partition.sizes
    d = np.sqrt(((x[:, None] - x) ** 2).sum(-1))
    sums = np.stack([d[:, codes == c].sum(1) for c in range(len(sizes))], axis=1)
    scores = np.zeros(len(x))
    for i, c in enumerate(codes):
        if sizes[c] > 1:
            a = sums[i, c] / (sizes[c] - 1)
            b = np.delete(sums[i] / sizes, c).min()
            scores[i] = (b - a) / max(a, b, 1e-300)
    return scores.mean()


def davies_bouldin(x, labels):
    x, partition = partition_of(x, labels)
    means = partition.means(x)
    far = np.sqrt(((x - means[partition.codes]) ** 2).sum(1))
    spread = np.array([far[partition.codes == c].mean() for c in range(len(means))])
    index = np.add.outer(spread, spread)
    apart = np.sqrt(((means[:, None] - means) ** 2).sum(-1))
    off = ~np.eye(len(means), dtype=bool)
    ratios = np.divide(index, apart, out=np.full_like(index, -np.inf), where=off)
    return ratios.max(1).mean()


def adjusted_rand(a, b):
    a, b = Partition.of(a), Partition.of(b)
    n = len(a.codes)
    if n != len(b.codes) or n == 0:
        raise ValueError("a and b: as many labels in both")
    cells = np.unique(np.stack([a.codes, b.codes]), axis=1, return_counts=True)[1].astype(float)

    def same(sizes):
        return float((sizes * (sizes - 1.0)).sum() / 2)

    # Hubert and Arabie by the confusion matrix of pairs.
    tp = same(cells)
    fp, fn = same(a.sizes.astype(float)) - tp, same(b.sizes.astype(float)) - tp
    tn = n * (n - 1) / 2 - tp - fp - fn
    if fp == 0 and fn == 0:
        return 1.0
    return 2 * (tp * tn - fn * fp) / ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn))


def estimate_k(eigenvalues, k_max):
    values = np.asarray(eigenvalues, dtype=float)
    if values.size < 2:
        raise ValueError("eigenvalues: two at least")
    require(k_max=(k_max, 1, np.inf))
    gaps = values[1:] - values[:-1]
    gaps = gaps[: int(k_max)]
    return int(np.flatnonzero(gaps == gaps.max())[0] + 1)


def cluster_words(vectors, vocabulary, k, rng):
    x = Points(vectors, "vectors").x
    words = np.array(list(vocabulary), dtype=object)
    if len(words) != len(x):
        raise ValueError("vocabulary: one word per vector")
    require(k=(k, 1, len(x)))
    labels = spectral_clustering(cosine_affinity(x), k, rng, affinity="precomputed")
    return [words[labels == c].tolist() for c in range(k)]


def nystrom_embedding(x, k, landmarks, gamma, rng):
    x = Points(x).centered()
    n = len(x)
    require(landmarks=(landmarks, 1, n), k=(k, 1, landmarks))
    if not gamma > 0:
        raise ValueError("gamma <= 0")
    chosen = np.sort(rng.choice(n, landmarks, replace=False))
    c = np.exp(-gamma * squared(x, x[chosen]))
    kernel = (c[chosen] + c[chosen].T) / 2
    inverse = np.linalg.pinv(kernel, rcond=1e-10, hermitian=True)
    degree = c @ (inverse @ c.sum(axis=0))
    c /= np.sqrt(np.maximum(degree, 1e-12))[:, None]
    # c inverse c.T = q (r inverse r.T) q.T
    q, r = np.linalg.qr(c)
    middle = r @ inverse @ r.T
    u = q @ np.linalg.eigh((middle + middle.T) / 2)[1][:, : -k - 1 : -1]
    norm = np.linalg.norm(u, axis=1, keepdims=True)
    return np.where(norm > 0, u / np.where(norm > 0, norm, 1), np.eye(k)[0])
