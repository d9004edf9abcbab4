"""Another programmer: blocks of rows, boolean masks, Lanczos without restarts while it can.

Eigenpairs are found and locked one at a time; dense graphs go to eigh.
"""

import numpy as np
import scipy.sparse as sparse
import scipy.sparse.linalg as sla


def _check(condition, message):
    if not condition:
        raise ValueError(message)


def _matrix(x, name="x"):
    x = np.array(x, dtype=float)
    _check(x.ndim == 2, f"{name} has to be two-dimensional")
    return x


def _distances_squared(x, y):
    """By differences, column by column: exact for coinciding points."""
    out = np.zeros((len(x), len(y)))
    for a, b in zip(x.T, y.T):
        out += np.subtract.outer(a, b) ** 2
    return out


def rbf_affinity(x, gamma):
    x = _matrix(x)
    _check(gamma > 0, "gamma has to be positive")
    w = np.exp(-gamma * _distances_squared(x, x))
    w[np.diag_indices(len(x))] = 0
    return w


def cosine_affinity(x):
    x = _matrix(x)
    norms = np.sqrt((x * x).sum(axis=1))
    norms[norms == 0] = np.inf
    w = x @ x.T / norms[:, None] / norms[None, :]
    np.minimum(w, 1, out=w)
    w[w < 0] = 0
    w[np.diag_indices(len(x))] = 0
    return w


def knn_graph(x, k, mutual=False):
    x = _matrix(x)
    n = len(x)
    _check(1 <= k < n, f"k has to be in 1 ... {n - 1}")
    named = []
    for start in range(0, n, 100):
        d = _distances_squared(x[start : start + 100], x)
        rows = np.arange(len(d))
        d[rows, start + rows] = np.inf
        named.append(np.argsort(d, axis=1, kind="stable")[:, :k].copy())
    named = np.vstack(named)
    directed = sparse.csr_matrix(
        (np.ones(n * k, dtype=bool), named.ravel(), np.arange(0, n * k + 1, k)), shape=(n, n)
    )
    back = directed.T.tocsr()
    both = directed.multiply(back) if mutual else directed + back
    graph = sparse.csr_matrix(both).astype(float)
    graph.sort_indices()
    return graph


def laplacian(w, kind):
    _check(kind in ("unnormalized", "symmetric", "random-walk"), f"kind {kind!r} is unknown")
    given_sparse = sparse.issparse(w)
    w = sparse.csr_matrix(w, dtype=float) if given_sparse else np.array(w, dtype=float)
    _check(w.ndim == 2 and w.shape[0] == w.shape[1], "w has to be square")
    _check(w.min() >= 0 if w.shape[0] else True, "w has to be non-negative")
    d = np.asarray(w.sum(axis=1)).flatten()
    if given_sparse:
        result = sparse.diags(d) - w
        safe = np.where(d == 0, 1.0, d)
        if kind == "symmetric":
            s = sparse.diags(safe**-0.5)
            result = s @ result @ s
        elif kind == "random-walk":
            result = sparse.diags(1 / safe) @ result
        return sparse.csr_matrix(result)
    result = np.diag(d) - w
    safe = np.where(d == 0, 1.0, d)
    if kind == "symmetric":
        result = result / np.sqrt(np.outer(safe, safe))
    elif kind == "random-walk":
        result = result / safe[:, None]
    return result


def lanczos(matvec, n, k, rng, tol=1e-10):
    _check(n >= 1, "n has to be positive")
    _check(1 <= k <= n, f"k has to be in 1 ... {n}")
    _check(tol > 0, "tol has to be positive")
    pairs = []
    while len(pairs) < n:
        locked = np.array([v for _, v in pairs]).reshape(len(pairs), n)
        value, vector = _smallest(matvec, locked, rng, tol)
        pairs.sort(key=lambda pair: pair[0])
        size = max([abs(value), *(abs(v) for v, _ in pairs)])
        if len(pairs) >= k and value >= pairs[k - 1][0] - tol * size:
            break
        pairs.append((value, vector))
    pairs.sort(key=lambda pair: pair[0])
    values, vectors = zip(*pairs[:k])
    return np.array(values), np.array(vectors).T


def _orthogonal(v, *families):
    for _ in range(3):
        for family in families:
            v = v - family.T @ (family @ v)
    return v


def _smallest(matvec, locked, rng, tol):
    """One smallest eigenpair orthogonal to the rows of `locked`; the basis is rows."""
    n = locked.shape[1]
    room = n - len(locked)
    start = rng.standard_normal(n)
    while True:
        start = _orthogonal(start, locked)
        basis = np.zeros((room if n <= 600 else min(room, 120), n))  # small ones need no restart
        basis[0] = start / np.linalg.norm(start)
        images = np.zeros_like(basis)
        for j in range(len(basis)):
            images[j] = matvec(basis[j].copy())
            done = j + 1 == len(basis)
            if done or (j + 1) % 10 == 0:
                q = basis[: j + 1]
                small = q @ images[: j + 1].T
                theta, s = np.linalg.eigh((small + small.T) / 2)
                vector = s[:, 0] @ q
                rest = _orthogonal(s[:, 0] @ images[: j + 1] - theta[0] * vector, locked)
                if np.linalg.norm(rest) <= max(tol, 1e-14) * np.abs(theta).max() or j + 1 == room:
                    return theta[0], vector / np.linalg.norm(vector)
            if not done:
                v = _orthogonal(images[j], locked, basis[: j + 1])
                if np.linalg.norm(v) <= 1e-12 * max(np.abs(images[j]).max(), 1e-300):
                    v = _orthogonal(rng.standard_normal(n), locked, basis[: j + 1])
                    v = _orthogonal(v / np.linalg.norm(v), locked, basis[: j + 1])
                basis[j + 1] = v / np.linalg.norm(v)
        # Restart with the best few in one vector: their sum, the smallest weighing most.
        start = (s[:, :6] * 0.3 ** np.arange(6)).sum(axis=1) @ basis if room > 6 else vector


def kmeans(x, k, rng, n_init=10):
    x = _matrix(x)
    n = len(x)
    _check(1 <= k <= n, f"k has to be in 1 ... {n}")
    _check(n_init >= 1, "n_init has to be positive")
    best = None
    for _ in range(n_init):
        found = _one_run(x, k, rng)
        if best is None or found[2] < best[2]:
            best = found
    return best


def _one_run(x, k, rng):
    n = len(x)
    centers = [x[rng.integers(n)]]
    nearest = ((x - centers[0]) ** 2).sum(axis=1)
    while len(centers) < k:
        if nearest.max() > 0:  # greedy: the best of three candidates
            candidates = rng.choice(n, size=3, p=nearest / nearest.sum())
        else:
            candidates = rng.integers(n, size=1)
        trials = [np.minimum(nearest, ((x - x[c]) ** 2).sum(axis=1)) for c in candidates]
        winner = int(np.argmin([t.sum() for t in trials]))
        centers.append(x[candidates[winner]])
        nearest = trials[winner]
    centers = np.array(centers)
    labels = np.full(n, -1)
    for _ in range(1000):
        d = _distances_squared(x, centers)
        new = d.argmin(axis=1)
        if (new == labels).all():
            break
        labels = new
        for c in range(k):
            mask = labels == c
            if mask.any():
                centers[c] = x[mask].mean(axis=0)
        for c in set(range(k)) - set(labels.tolist()):
            worst = ((x - centers[labels]) ** 2).sum(axis=1).argmax()
            centers[c] = x[worst]
    return labels, centers, ((x - centers[labels]) ** 2).sum()


def spectral_embedding(w, k):
    matrix = laplacian(w, "symmetric")
    n = matrix.shape[0]
    _check(1 <= k <= n, f"k has to be in 1 ... {n}")
    if sparse.issparse(matrix) and n > 200:
        solver = sla.splu((matrix + 1e-3 * sparse.identity(n)).tocsc(), permc_spec="MMD_AT_PLUS_A")
        chance = np.random.default_rng(12345)
        _, u = lanczos(lambda v: -solver.solve(v), n, k, chance, 1e-12)
    else:
        dense = matrix.toarray() if sparse.issparse(matrix) else matrix
        u = np.linalg.eigh(dense)[1][:, :k]
    lengths = np.sqrt((u * u).sum(axis=1))
    lengths[lengths == 0] = 1
    return u / lengths[:, None]


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    makers = {
        "knn": lambda: knn_graph(x, neighbors),
        "rbf": lambda: rbf_affinity(x, gamma),
        "cosine": lambda: cosine_affinity(x),
        "precomputed": lambda: x,
    }
    _check(affinity in makers, f"affinity {affinity!r} is unknown")
    return kmeans(spectral_embedding(makers[affinity](), k), k, rng, n_init=n_init)[0]


def _by_label(labels):
    groups = {}
    for i, label in enumerate(list(labels)):
        groups.setdefault(label, []).append(i)
    return list(groups.values())


def _groups(x, labels):
    x = _matrix(x)
    _check(len(labels) == len(x), "labels has another length than x")
    groups = _by_label(labels)
    _check(len(groups) > 1, "labels has only one cluster")
    return x, groups


def silhouette(x, labels):
    x, groups = _groups(x, labels)
    d = np.sqrt(_distances_squared(x, x))
    scores = []
    for g, own in enumerate(groups):
        others = [group for h, group in enumerate(groups) if h != g]
        for i in own:
            if len(own) == 1:
                scores.append(0.0)
                continue
            a = d[i, own].sum() / (len(own) - 1)
            b = min(d[i, group].mean() for group in others)
            scores.append((b - a) / max(a, b) if max(a, b) > 0 else 0.0)
    return float(np.mean(scores))


def davies_bouldin(x, labels):
    x, groups = _groups(x, labels)
    means = [x[g].mean(axis=0) for g in groups]
    spreads = [np.linalg.norm(x[g] - m, axis=1).mean() for g, m in zip(groups, means)]
    total = 0.0
    for i, (m, s) in enumerate(zip(means, spreads)):
        total += max(
            (s + spreads[j]) / np.linalg.norm(m - means[j]) for j in range(len(groups)) if j != i
        )
    return total / len(groups)


def adjusted_rand(a, b):
    _check(len(a) == len(b) and len(a) > 0, "a and b do not have the same length")

    def count(labels):
        table = {}
        for label in labels:
            table[label] = table.get(label, 0) + 1
        return sum(c * (c - 1) / 2 for c in table.values())

    a, b = list(a), list(b)
    p, r, s, n = count(zip(a, b)), count(a), count(b), len(a) * (len(a) - 1) / 2
    if p == r == s:
        return 1.0
    return (p - r * s / n) / (0.5 * (r + s) - r * s / n)


def estimate_k(eigenvalues, k_max):
    values = [float(v) for v in eigenvalues]
    _check(len(values) >= 2, "eigenvalues has to have two entries at least")
    _check(k_max >= 1, "k_max has to be positive")
    best, best_gap = 1, values[1] - values[0]
    for k in range(2, min(k_max, len(values) - 1) + 1):
        if values[k] - values[k - 1] > best_gap:
            best, best_gap = k, values[k] - values[k - 1]
    return best


def cluster_words(vectors, vocabulary, k, rng):
    vectors = _matrix(vectors, "vectors")
    _check(len(vectors) == len(vocabulary), "vocabulary does not fit the vectors")
    _check(1 <= k <= len(vectors), f"k has to be in 1 ... {len(vectors)}")
    groups = [[] for _ in range(k)]
    for word, label in zip(vocabulary, spectral_clustering(vectors, k, rng, affinity="cosine")):
        groups[label].append(word)
    return groups


def nystrom_embedding(x, k, landmarks, gamma, rng):
    x = _matrix(x)
    n = len(x)
    _check(1 <= landmarks <= n, f"landmarks has to be in 1 ... {n}")
    _check(1 <= k <= landmarks, f"k has to be in 1 ... {landmarks}")
    _check(gamma > 0, "gamma has to be positive")
    z = x[rng.permutation(n)[:landmarks]]
    c = np.exp(-gamma * _distances_squared(x, z))
    root = np.exp(-gamma * _distances_squared(z, z))
    left, sizes, _ = np.linalg.svd(root)
    keep = sizes > 1e-11 * sizes[0]
    f = c @ (left[:, keep] * sizes[keep] ** -0.5)
    degree = f @ f.sum(axis=0)
    f /= np.sqrt(np.clip(degree, 1e-10, None))[:, None]
    u = np.linalg.svd(f, full_matrices=False)[0][:, :k]
    u = np.hstack([u, np.zeros((n, k - u.shape[1]))])
    lengths = np.sqrt((u * u).sum(axis=1))
    u[lengths == 0, 0] = 1
    lengths[lengths == 0] = 1
    return u / lengths[:, None]
