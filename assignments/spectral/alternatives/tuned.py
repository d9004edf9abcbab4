"""Neighbours from a window along the widest coordinate; products saved where twins are excluded.

The plain solution is what the handout teaches; this one looks at fewer pairs of points, and stops
a deflated run of Lanczos as soon as it is clear that nothing smaller will come.
"""

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu


def _points(x, name="x"):
    """A copy-free 2-D float array."""
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2 or len(x) == 0:
        raise ValueError(f"{name} must have shape (n, d) with n >= 1, not {x.shape}")
    return x


def _in_range(name, value, low, high):
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low} and {high}, not {value}")


def _squared_distances(a, b):
    """Squared Euclidean distance of each row of a (n, d) to each row of b (m, d), shape (n, m)."""
    squared = a @ (-2.0 * b.T)  # |a - b|² = |a|² - 2 a·b + |b|², mostly one matrix product
    squared += np.einsum("nd,nd->n", a, a)[:, None]
    squared += np.einsum("md,md->m", b, b)
    return np.maximum(squared, 0.0, out=squared)  # rounding may leave -1e-16


def rbf_affinity(x, gamma):
    x = _points(x)
    if not gamma > 0:
        raise ValueError(f"gamma must be positive, not {gamma}")
    x = x - x[0]  # a common offset would cost the squared distances their digits
    w = np.exp(-gamma * _squared_distances(x, x))
    np.fill_diagonal(w, 0.0)
    return w


def cosine_affinity(x):
    x = _points(x)
    length = np.linalg.norm(x, axis=1, keepdims=True)
    unit = x / np.where(length > 0, length, 1.0)
    w = np.clip(unit @ unit.T, 0.0, 1.0)
    np.fill_diagonal(w, 0.0)
    return w


def knn_graph(x, k, mutual=False):
    x = _points(x)
    n = len(x)
    _in_range("k", k, 1, n - 1)
    # Two points are at least as far apart as their widest coordinates are. So take the points in
    # the order of that coordinate: the neighbours of a block of points are in a window around it.
    widest = np.argmax(x.var(axis=0))
    order = np.argsort(x[:, widest], kind="stable")
    along = x[order, widest]
    named = []
    for start in range(0, n, BLOCK):
        stop = min(start + BLOCK, n)
        own = order[start:stop]
        # The k-th nearest in a small window (the point itself is in it) bounds how far to look.
        low, high = max(start - k - MARGIN, 0), min(stop + k + MARGIN, n)
        bound = np.partition(_from_to(x, own, order[low:high]), k, axis=1)[:, k]
        reach = np.sqrt(bound) * (1 + 1e-6)
        low = min(low, np.searchsorted(along, (along[start:stop] - reach).min()))
        high = max(high, np.searchsorted(along, (along[start:stop] + reach).max(), side="right"))
        window = np.sort(order[low:high])  # ascending again, for ties
        named.append(window[_nearest(x, own, window, k)])
    rows = np.repeat(order, k)  # who names
    columns = np.concatenate(named)  # who is named
    graph = sp.csr_array((np.ones(n * k), (rows, columns)), shape=(n, n))
    return sp.csr_array(graph.multiply(graph.T)) if mutual else graph.maximum(graph.T)


BLOCK, MARGIN = 96, 32  # points at a time, and beside them for a first guess


def _from_to(x, own, window):
    """Squared distances between points of `own` and of `window`, whose differences are small."""
    origin = x[own[0]]  # a common offset would cost the squared distances their digits
    return _squared_distances(x[own] - origin, x[window] - origin)


def _nearest(x, own, window, k):
    """Positions in `window` of the k nearest of each point of `own`, flat; ties by position."""
    squared = _from_to(x, own, window)
    squared[np.arange(len(own)), np.searchsorted(window, own)] = np.inf  # not itself
    kth = np.partition(squared, k - 1, axis=1)[:, k - 1 : k]
    chosen = squared <= kth
    if np.count_nonzero(chosen) > k * len(own):  # several are as far as the k-th: the first count
        closer, tied = squared < kth, squared == kth
        left = k - closer.sum(axis=1, keepdims=True)
        chosen = closer | (tied & (tied.cumsum(axis=1) <= left))
    return np.flatnonzero(chosen) % len(window)


def laplacian(w, kind):
    sparse = sp.issparse(w)
    w = sp.csr_array(w, dtype=np.float64) if sparse else np.asarray(w, dtype=np.float64)
    if w.ndim != 2 or w.shape[0] != w.shape[1]:
        raise ValueError(f"w must be square, not {w.shape}")
    if ((w.data if sparse else w) < 0).any():
        raise ValueError("w must not have negative weights")
    degree = w.sum(axis=1)  # (n,)
    known = degree > 0
    inverse = np.divide(1.0, degree, out=np.zeros_like(degree), where=known)
    # Each kind is diag(diagonal) - diag(left) W diag(right).
    ones = np.ones_like(degree)
    kinds = {
        "unnormalized": (degree, ones, ones),
        "symmetric": (known.astype(float), np.sqrt(inverse), np.sqrt(inverse)),
        "random-walk": (known.astype(float), inverse, ones),
    }
    if kind not in kinds:
        raise ValueError(f"kind must be one of {', '.join(kinds)}, not {kind!r}")
    diagonal, left, right = kinds[kind]
    if sparse:
        scaled = sp.diags_array(left) @ w @ sp.diags_array(right)
        return sp.csr_array(sp.diags_array(diagonal) - scaled)
    return np.diag(diagonal) - left[:, None] * w * right


def lanczos(matvec, n, k, rng, tol=1e-10):
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    values, vectors = np.empty(0), np.empty((n, 0))
    while len(values) < n:
        bar = values[k - 1] if len(values) >= k else np.inf  # what lies above is of no use
        missing = max(k - len(values), 1)
        more, new = _smallest_beside(vectors, matvec, missing, bar, rng, tol)
        slack = tol * max(np.abs(values).max(initial=0.0), np.abs(more).max())
        if len(values) >= k and more[0] >= values[k - 1] - slack:
            break  # nothing smaller is left beside what was found
        values, vectors = np.append(values, more), np.hstack([vectors, new])
        order = np.argsort(values)
        values, vectors = values[order], vectors[:, order]
    return values[:k], vectors[:, :k]


def _smallest_beside(known, matvec, k, bar, rng, tol):
    """The k smallest eigenpairs among vectors orthogonal to `known` (n, c); twins come once.

    If the smallest is clearly above `bar` it need not be exact. Lanczos with thick restarts: `q`
    holds `known` and then the basis Q; as every new vector is made orthogonal to all of `q`, the
    coefficients are a column of T, before and after a restart.
    """
    n, c = known.shape
    size = min(2 * k + 20, n - c)
    k = min(k, size)
    q = np.empty((n, c + size), order="F")  # columns are contiguous
    q[:, :c] = known
    t = np.zeros((size, size))  # upper triangle of Qᵀ A Q
    v, kept = _fresh(known, rng), 0
    for _ in range(10_000):
        for j in range(kept, size):
            q[:, c + j] = v
            span = q[:, : c + j + 1]
            w = np.array(matvec(v), dtype=np.float64)
            for _ in range(2):  # once leaves the rounding errors that grow into ghosts
                h = span.T @ w
                w -= span @ h
                t[: j + 1, j] += h[c:]
            beta = np.linalg.norm(w)
            if beta > 1e-14 * np.abs(t).max():
                v = w / beta
            else:  # A does not leave this space: go on with any other direction
                beta, v = 0.0, _fresh(span, rng)
        theta, s = np.linalg.eigh(t, UPLO="U")
        residuals = beta * np.abs(s[-1])
        accurate = (residuals[:k] <= max(tol, 1e-15) * np.abs(theta).max()).all()
        # An eigenvalue lies within the residual of θ: far from the bar, ten times that will do.
        if accurate or 10 * residuals[0] < theta[0] - bar:
            return theta[:k], q[:, c:] @ s[:, :k]
        kept = (k + size) // 2
        q[:, c : c + kept] = q[:, c:] @ s[:, :kept]
        t[:] = 0.0
        t[range(kept), range(kept)] = theta[:kept]
    raise RuntimeError("lanczos does not converge: is the matrix symmetric?")


def _fresh(span, rng):
    """A random unit vector orthogonal to the columns of `span`; zeros if they fill the space."""
    n, taken = span.shape
    v = rng.standard_normal(n) if taken < n else np.zeros(n)
    for _ in range(2 if taken < n else 0):
        v -= span @ (span.T @ v)
        v /= np.linalg.norm(v)
    return v


def kmeans(x, k, rng, n_init=10):
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    origin = x[0].copy()
    x = x - origin
    runs = (_lloyd(x, _spread(x, k, rng)) for _ in range(n_init))
    labels, centers, inertia = min(runs, key=lambda run: run[2])
    return labels, centers + origin, inertia


def _spread(x, k, rng):
    """k-means++: k of the points, each far from those before it. Shape (k, d)."""
    centers = np.empty((k, x.shape[1]))
    weight = np.ones(len(x))
    for j in range(k):
        total = weight.cumsum()
        if total[-1] > 0:
            pick = np.searchsorted(total, rng.random() * total[-1], side="right")
        else:  # every point is a centre already
            pick = rng.integers(len(x))
        centers[j] = x[pick]
        distance = ((x - centers[j]) ** 2).sum(axis=1)  # exactly 0 for the point itself
        weight = distance if j == 0 else np.minimum(weight, distance)
    return centers


def _lloyd(x, centers):
    """Labels, means and inertia when nothing moves any more."""
    k = len(centers)
    labels, inertia = None, np.inf
    while True:
        squared = _squared_distances(x, centers)  # (n, k)
        nearest = squared.argmin(axis=1)
        distance = squared[np.arange(len(x)), nearest]
        if np.array_equal(nearest, labels) or distance.sum() >= inertia:
            return labels, centers, float(((x - centers[labels]) ** 2).sum())
        labels, inertia = nearest, distance.sum()
        counts = np.bincount(labels, minlength=k)
        sums = np.stack([np.bincount(labels, column, k) for column in x.T], axis=1)
        filled = counts > 0
        centers = centers.copy()
        centers[filled] = sums[filled] / counts[filled, None]
        empty = np.flatnonzero(~filled)
        centers[empty] = x[np.argsort(-distance)[: len(empty)]]


def spectral_embedding(w, k):
    matrix = laplacian(w, "symmetric")
    n = matrix.shape[0]
    _in_range("k", k, 1, n)
    # The inverse turns small eigenvalues, crowded near 0, into large ones that stand apart.
    if sp.issparse(matrix):
        shifted = (matrix + SHIFT * sp.eye_array(n)).tocsc()
        options = {"SymmetricMode": True}  # positive definite: no pivoting, less fill-in
        factors = splu(shifted, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
        solve = factors.solve
    else:
        inverse = np.linalg.inv(matrix + SHIFT * np.eye(n))
        solve = inverse.__matmul__
    _, u = lanczos(lambda v: -solve(v), n, k, np.random.default_rng(0), tol=1e-12)
    length = np.linalg.norm(u, axis=1, keepdims=True)
    return u / np.where(length > 0, length, 1.0)


SHIFT = 1e-4


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    if affinity == "knn":
        w = knn_graph(x, neighbors)
    elif affinity == "rbf":
        w = rbf_affinity(x, gamma)
    elif affinity == "cosine":
        w = cosine_affinity(x)
    elif affinity == "precomputed":
        w = x
    else:
        raise ValueError(f"affinity must be knn, rbf, cosine or precomputed, not {affinity!r}")
    labels, _, _ = kmeans(spectral_embedding(w, k), k, rng, n_init)
    return labels


def _codes(labels, name="labels"):
    """Any hashable labels as integers 0, 1, … in order of appearance; shape (n,)."""
    if isinstance(labels, np.ndarray):
        if labels.ndim != 1:
            raise ValueError(f"{name} must be one label per point, not of shape {labels.shape}")
        labels = labels.tolist()
    number = {}
    return np.array([number.setdefault(label, len(number)) for label in labels], dtype=np.intp)


def _clusters(x, labels):
    """Points, codes of their labels, and the clusters' sizes (k,), of which there are several."""
    x, codes = _points(x), _codes(labels)
    if len(codes) != len(x):
        raise ValueError(f"labels must be {len(x)} in number, one per row of x, not {len(codes)}")
    sizes = np.bincount(codes)
    if len(sizes) < 2:
        raise ValueError("labels must name at least two clusters")
    return x, codes, sizes


def silhouette(x, labels):
    x, codes, sizes = _clusters(x, labels)
    n, k = len(x), len(sizes)
    x = x - x[0]
    member = np.eye(k)[codes]  # (n, k)
    total = np.empty((n, k))  # total[i, c]: distances of point i to all points of cluster c
    for start in range(0, n, 256):
        rows = np.arange(start, min(start + 256, n))
        distance = np.sqrt(_squared_distances(x[rows], x))
        distance[rows - start, rows] = 0.0
        total[rows] = distance @ member
    own = (np.arange(n), codes)
    a = total[own] / np.maximum(sizes[codes] - 1, 1)  # the point itself does not count
    mean = total / sizes
    mean[own] = np.inf
    b = mean.min(axis=1)
    larger = np.maximum(a, b)
    s = np.divide(b - a, larger, out=np.zeros(n), where=(larger > 0) & (sizes[codes] > 1))
    return float(s.mean())


def davies_bouldin(x, labels):
    x, codes, sizes = _clusters(x, labels)
    centers = np.stack([x[codes == c].mean(axis=0) for c in range(len(sizes))])  # (k, d)
    spread = np.bincount(codes, np.linalg.norm(x - centers[codes], axis=1)) / sizes  # (k,)
    apart = np.linalg.norm(centers[:, None] - centers, axis=2)  # (k, k)
    np.fill_diagonal(apart, np.inf)  # a cluster is not its own neighbour
    return float(((spread[:, None] + spread) / apart).max(axis=1).mean())


def adjusted_rand(a, b):
    a, b = _codes(a, "a"), _codes(b, "b")
    if len(a) != len(b) or len(a) == 0:
        raise ValueError(f"a and b must be equally long and not empty, not {len(a)} and {len(b)}")

    def pairs(counts):
        return sum(c * (c - 1) // 2 for c in counts.tolist())  # Python integers do not overflow

    # Number the cells of the cross-table; only those that occur are counted.
    both = np.unique(a * (b.max() + 1) + b, return_counts=True)[1]
    together, first, second = pairs(both), pairs(np.bincount(a)), pairs(np.bincount(b))
    every = len(a) * (len(a) - 1) // 2
    if first == second == together:
        return 1.0
    chance = first * second / every
    return (together - chance) / ((first + second) / 2 - chance)


def estimate_k(eigenvalues, k_max):
    values = np.asarray(eigenvalues, dtype=np.float64)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"eigenvalues must be at least two in a row, not {values.shape}")
    _in_range("k_max", k_max, 1, np.inf)
    return int(np.argmax(np.diff(values)[:k_max])) + 1  # argmax takes the first of equals


def cluster_words(vectors, vocabulary, k, rng):
    vectors, vocabulary = _points(vectors, "vectors"), list(vocabulary)
    if len(vocabulary) != len(vectors):
        raise ValueError(f"vocabulary must have {len(vectors)} words, not {len(vocabulary)}")
    _in_range("k", k, 1, len(vectors))
    labels = spectral_clustering(vectors, k, rng, affinity="cosine")
    return [[vocabulary[i] for i in np.flatnonzero(labels == c)] for c in range(k)]


def nystrom_embedding(x, k, landmarks, gamma, rng):
    x = _points(x)
    _in_range("landmarks", landmarks, 1, len(x))
    _in_range("k", k, 1, landmarks)
    if not gamma > 0:
        raise ValueError(f"gamma must be positive, not {gamma}")
    x = x - x[0]
    chosen = rng.choice(len(x), landmarks, replace=False)
    c = _squared_distances(x, x[chosen])
    np.exp(np.multiply(c, -gamma, out=c), out=c)  # (n, m), in place
    values, vectors = np.linalg.eigh(c[chosen])
    sound = values > 1e-10 * values[-1]
    g = c @ (vectors[:, sound] / np.sqrt(values[sound]))  # F, shape (n, r)
    degree = g @ g.sum(axis=0)
    g /= np.sqrt(np.maximum(degree, 1e-12))[:, None]  # far from every landmark: nearly 0, or below
    values, vectors = np.linalg.eigh(g.T @ g)
    r = min(k, len(values))  # coinciding landmarks may leave fewer than k directions
    u = np.zeros((len(x), k))
    u[:, :r] = g @ (vectors[:, ::-1][:, :r] / np.sqrt(np.maximum(values[::-1][:r], 1e-12)))
    length = np.linalg.norm(u, axis=1, keepdims=True)
    u[length[:, 0] == 0, 0] = 1.0
    return u / np.where(length > 0, length, 1.0)
