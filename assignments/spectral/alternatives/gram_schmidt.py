"""Another programmer: lists of vectors and modified Gram-Schmidt, one row at a time.

Laplacians are always made sparse, k-means sums over one-hot codes, Nyström as Fowlkes wrote it.
"""

import itertools as it

import numpy as np
import scipy.sparse
import scipy.sparse.linalg


def two_axes(x, name):
    if np.ndim(x) != 2:
        raise ValueError(name + " must be a matrix")
    return np.asarray(x, dtype="float64")


def rbf_affinity(x, gamma):
    x = two_axes(x, "x")
    if gamma <= 0:
        raise ValueError("gamma must be > 0")
    n = len(x)
    w = np.zeros((n, n))
    for i in range(n - 1):
        w[i, i + 1 :] = np.exp(-gamma * np.sum((x[i + 1 :] - x[i]) ** 2, axis=1))
    return w + w.T


def cosine_affinity(x):
    x = two_axes(x, "x")
    n = len(x)
    norms = np.linalg.norm(x, axis=1)
    w = np.zeros((n, n))
    for i in np.flatnonzero(norms):
        others = np.flatnonzero(norms)
        w[i, others] = x[others] @ x[i] / norms[others] / norms[i]
    w = np.clip((w + w.T) / 2, 0, 1)
    w[range(n), range(n)] = 0
    return w


def knn_graph(x, k, mutual=False):
    x = two_axes(x, "x")
    n = len(x)
    if not 0 < k < n:
        raise ValueError("k must be in 1 ... n-1")
    names = np.empty((n, k), dtype=np.int32)
    for i in range(n):  # one row at a time is the smallest block
        distance = np.zeros(n)
        for column in x.T:
            distance += (column - column[i]) ** 2
        distance[i] = np.inf
        if 8 * k < n:
            reach = np.partition(distance, k - 1)[k - 1]
            near = np.flatnonzero(distance <= reach)
        else:
            near = np.arange(n)
        names[i] = near[np.argsort(distance[near], kind="stable")[:k]]
    a = scipy.sparse.csr_matrix((np.ones(n * k), (np.arange(n).repeat(k), names.ravel())), (n, n))
    total = (a + a.T).tocsr()  # 1 where one names the other, 2 where both do
    total.data = (total.data > 1.5).astype(float) if mutual else np.ones_like(total.data)
    total.eliminate_zeros()
    return total


def laplacian(w, kind):
    w = w if scipy.sparse.issparse(w) else np.asarray(w)
    if len(w.shape) != 2 or w.shape[0] != w.shape[1]:
        raise ValueError("w must be square")
    if kind not in {"unnormalized", "symmetric", "random-walk"}:
        raise ValueError("kind must be unnormalized, symmetric or random-walk")
    dense = not scipy.sparse.issparse(w)
    a = scipy.sparse.csr_array(w).astype(float)
    if np.any(a.data < 0):
        raise ValueError("w has a negative weight")
    degree = a @ np.ones(len(w) if dense else w.shape[0])
    result = scipy.sparse.diags_array(degree) - a
    with np.errstate(divide="ignore"):
        inverse = np.where(degree > 0, 1 / degree, 0)
    if kind == "symmetric":
        root = scipy.sparse.diags_array(np.sqrt(inverse))
        result = root @ result @ root
    if kind == "random-walk":
        result = scipy.sparse.diags_array(inverse) @ result
    return result.toarray() if dense else scipy.sparse.csr_array(result)


def lanczos(matvec, n, k, rng, tol=1e-10):
    if n < 1:
        raise ValueError("n must be at least 1")
    if k < 1 or k > n:
        raise ValueError("k must be in 1 ... n")
    if tol <= 0:
        raise ValueError("tol must be > 0")
    found = []  # (value, vector)
    while len(found) < n:
        wanted = max(1, k - len(found))
        new = sweep(matvec, n, wanted, [v for _, v in found], rng, tol)
        largest = max(abs(value) for value, _ in found + new)
        if len(found) >= k and new[0][0] > found[k - 1][0] - 10 * tol * largest:
            break
        found = sorted(found + new, key=lambda pair: pair[0])
    return np.array([v for v, _ in found[:k]]), np.array([v for _, v in found[:k]]).T


def make_orthogonal(w, *families):
    for _ in range(2):
        for q in it.chain(*families):
            w = w - (q @ w) * q
    return w


def sweep(matvec, n, k, known, rng, tol):
    """Smallest pairs beside `known`: Lanczos with full reorthogonalisation, restarted thickly."""
    room = n - len(known)
    k = min(k, room)
    size = min(room, 3 * k + 30)
    vectors, images = [], []
    w = make_orthogonal(rng.standard_normal(n), known)
    for _ in range(3000):
        while len(vectors) < size:
            length = np.linalg.norm(w)
            if not length > 1e-13 * (np.abs(images[-1]).max() if images else 0):
                w = make_orthogonal(rng.standard_normal(n), known, vectors)
                w = make_orthogonal(w / np.linalg.norm(w), known, vectors)
                length = np.linalg.norm(w)
            vectors.append(w / length)
            images.append(np.array(matvec(vectors[-1]), dtype=float))
            w = make_orthogonal(images[-1], known, vectors)
        q, aq = np.array(vectors), np.array(images)
        t = q @ aq.T
        theta, s = np.linalg.eigh((t + t.T) / 2)
        keep = min((k + size) // 2 + 1, size)
        vectors, images = list(s[:, :keep].T @ q), list(s[:, :keep].T @ aq)
        errors = [
            np.linalg.norm(make_orthogonal(images[i] - theta[i] * vectors[i], known))
            for i in range(k)
        ]
        if max(errors) <= max(tol, 1e-14) * np.abs(theta).max() or size == room:
            return list(zip(theta[:k], vectors[:k]))
        w = make_orthogonal(w, known, vectors)
    raise ArithmeticError("no convergence")


def kmeans(x, k, rng, n_init=10):
    x = two_axes(x, "x")
    if k < 1 or k > len(x):
        raise ValueError("k must be in 1 ... n")
    if n_init < 1:
        raise ValueError("n_init must be at least 1")
    attempts = [attempt(x - x.mean(axis=0), k, rng) for _ in range(n_init)]
    inertias = [a[2] for a in attempts]
    labels, centers, inertia = attempts[int(np.argmin(inertias))]
    return labels.astype(np.int32), centers + x.mean(axis=0), float(inertia)


def attempt(x, k, rng):
    centers = x[[rng.integers(len(x))]]
    for _ in range(1, k):
        distance = table(x, centers).min(axis=1)
        edges = np.cumsum(distance)
        i = np.searchsorted(edges, rng.uniform(0, edges[-1])) if edges[-1] > 0 else 0
        centers = np.append(centers, x[[min(i, len(x) - 1)]], axis=0)
    labels = table(x, centers).argmin(axis=1)
    for _ in range(1000):
        onehot = scipy.sparse.csr_array((np.ones(len(x)), (labels, np.arange(len(x)))),
                                        shape=(k, len(x)))  # fmt: skip
        sizes = onehot.sum(axis=1)
        spare = np.argsort(-((x - centers[labels]) ** 2).sum(axis=1))
        means = (onehot @ x) / np.where(sizes == 0, 1, sizes)[:, None]
        for c, i in zip(np.flatnonzero(sizes == 0), spare):
            means[c] = x[i]
        centers = means
        new = table(x, centers).argmin(axis=1)
        if (new == labels).all():
            break
        labels = new
    return labels, centers, ((x - centers[labels]) ** 2).sum()


def table(x, centers):
    return np.stack([((x - c) ** 2).sum(axis=1) for c in centers], axis=1)


def spectral_embedding(w, k):
    matrix = laplacian(w, "symmetric")
    n = matrix.shape[0]
    if k < 1 or k > n:
        raise ValueError("k must be in 1 ... n")
    shifted = scipy.sparse.csc_array(matrix + 5e-4 * scipy.sparse.eye_array(n))
    solve = scipy.sparse.linalg.factorized(shifted)
    _, u = lanczos(lambda v: -solve(v), n, k, np.random.default_rng(7), 1e-12)
    return np.array([row / np.linalg.norm(row) if row.any() else row for row in u])


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    if affinity == "precomputed":
        w = x
    elif affinity == "knn":
        w = knn_graph(x, neighbors)
    elif affinity == "rbf":
        w = rbf_affinity(x, gamma)
    elif affinity == "cosine":
        w = cosine_affinity(x)
    else:
        raise ValueError("unknown affinity " + repr(affinity))
    labels, _, _ = kmeans(spectral_embedding(w, k), k, rng, n_init)
    return labels


def codes_of(labels):
    names = list(dict.fromkeys(labels))
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[label] for label in labels], dtype=int), len(names)


def checked(x, labels):
    x = two_axes(x, "x")
    codes, k = codes_of(labels)
    if len(codes) != len(x):
        raise ValueError("labels do not fit x")
    if k == 1:
        raise ValueError("labels must contain two clusters")
    return x, codes, k


def silhouette(x, labels):
    x, codes, k = checked(x, labels)
    total = 0.0
    for i, c in enumerate(codes):
        distance = np.linalg.norm(x - x[i], axis=1)
        mates = np.flatnonzero((codes == c) & (np.arange(len(x)) != i))
        if len(mates) == 0:
            continue
        a = distance[mates].mean()
        b = min(distance[codes == e].mean() for e in range(k) if e != c)
        total += 0 if a == b else (b - a) / max(a, b)
    return total / len(x)


def davies_bouldin(x, labels):
    x, codes, k = checked(x, labels)
    centers = [x[codes == c].mean(axis=0) for c in range(k)]
    spread = [np.linalg.norm(x[codes == c] - centers[c], axis=1).mean() for c in range(k)]
    worst = dict.fromkeys(range(k), 0.0)
    for c, e in it.permutations(range(k), 2):
        ratio = (spread[c] + spread[e]) / np.linalg.norm(centers[c] - centers[e])
        worst[c] = max(worst[c], ratio)
    return sum(worst.values()) / k


def adjusted_rand(a, b):
    (a, k), (b, m) = codes_of(a), codes_of(b)
    if len(a) != len(b) or not len(a):
        raise ValueError("a and b must have the same length")
    counts = scipy.sparse.coo_array((np.ones(len(a)), (a, b)), shape=(k, m)).tocsr()
    n = len(a)
    if k == m == 1 or k == m == n:
        return 1.0
    square = float((counts.data**2).sum())
    rows, columns = float((counts.sum(axis=1) ** 2).sum()), float((counts.sum(axis=0) ** 2).sum())
    p, r, s = (square - n) / 2, (rows - n) / 2, (columns - n) / 2
    expected = r * s / (n * (n - 1) / 2)
    return (p - expected) / ((r + s) / 2 - expected)


def estimate_k(eigenvalues, k_max):
    values = np.asarray(eigenvalues, dtype=float)
    if len(values) < 2:
        raise ValueError("eigenvalues: at least two")
    if k_max < 1:
        raise ValueError("k_max must be at least 1")
    last = min(k_max, len(values) - 1)
    return max(range(1, last + 1), key=lambda k: (values[k] - values[k - 1], -k))


def cluster_words(vectors, vocabulary, k, rng):
    vectors = two_axes(vectors, "vectors")
    if len(vectors) != len(vocabulary):
        raise ValueError("vocabulary and vectors differ in length")
    if k < 1 or k > len(vectors):
        raise ValueError("k must be in 1 ... n")
    u = spectral_embedding(cosine_affinity(vectors), k)
    labels = kmeans(u, k, rng, 20)[0]
    return [[w for w, label in zip(vocabulary, labels) if label == c] for c in range(k)]


def nystrom_embedding(x, k, landmarks, gamma, rng):
    """Fowlkes, Belongie, Chung and Malik: A among the landmarks, B from them to the rest."""
    x = two_axes(x, "x")
    n = len(x)
    if landmarks < 1 or landmarks > n:
        raise ValueError("landmarks must be in 1 ... n")
    if k < 1 or k > landmarks:
        raise ValueError("k must be in 1 ... landmarks")
    if gamma <= 0:
        raise ValueError("gamma must be > 0")
    order = rng.permutation(n)
    first, rest = order[:landmarks], order[landmarks:]
    a = np.exp(-gamma * table(x[first], x[first]))
    b = np.exp(-gamma * table(x[rest], x[first])).T if len(rest) else np.zeros((landmarks, 0))
    values, vectors = np.linalg.eigh(a)
    use = values > 1e-10 * values.max()
    inverse = (vectors[:, use] / values[use]) @ vectors[:, use].T
    d1 = a.sum(axis=1) + b.sum(axis=1)
    d2 = b.sum(axis=0) + b.T @ (inverse @ b.sum(axis=1))
    half = 1 / np.sqrt(np.maximum(np.concatenate([d1, d2]), 1e-12))
    root = (vectors[:, use] / np.sqrt(values[use])) @ vectors[:, use].T  # A^-1/2
    both = np.hstack([a, b]).T * half[:, None]  # (n, landmarks)
    g = both @ root
    sizes, y = np.linalg.eigh(g.T @ g)
    u = g @ y[:, -k:] / np.sqrt(np.maximum(sizes[-k:], 1e-12))
    result = np.zeros((n, k))
    result[order] = u
    length = np.linalg.norm(result, axis=1)
    result[length == 0] = 1
    return result / np.linalg.norm(result, axis=1)[:, None]
