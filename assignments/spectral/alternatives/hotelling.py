"""Twins by lifting what is found out of the way (Hotelling); graphs of triples, scores of dicts.

A found eigenvector v is added back with a large weight, A + s v vᵀ, so that its eigenvalue is no
longer among the smallest; ordinary Lanczos then finds the next one.
"""

from collections import Counter, defaultdict

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import splu


def table(x, name="x"):
    x = np.array(x, dtype=float)
    if x.ndim != 2:
        raise ValueError(f"{name}: two axes are needed, there are {x.ndim}")
    return x


def require(condition, text):
    if not condition:
        raise ValueError(text)


def far(a, b):
    """Squared distances, axis by axis of space."""
    total = np.zeros((len(a), len(b)))
    for j in range(a.shape[1]):
        total += np.subtract.outer(a[:, j], b[:, j]) ** 2
    return total


def rbf_affinity(x, gamma):
    x = table(x)
    require(gamma > 0, "gamma: above 0, please")
    return np.exp(-gamma * far(x, x)) - np.eye(len(x))


def cosine_affinity(x):
    x = table(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = np.nan_to_num(x / np.sqrt((x**2).sum(axis=1))[:, None])
    w = np.minimum(np.maximum(unit @ unit.T, 0.0), 1.0)
    return w * (1 - np.eye(len(x)))


def knn_graph(x, k, mutual=False):
    x = table(x)
    n = len(x)
    require(1 <= k <= n - 1, f"k: {k} others cannot be named among {n} points")
    named = []
    for i in range(n):
        d = far(x[i : i + 1], x)[0]
        d[i] = np.inf
        order = np.lexsort((np.arange(n), d))
        named.append(set(order[:k].tolist()))
    pairs = set()
    for i, others in enumerate(named):
        for j in others:
            if not mutual or i in named[j]:
                pairs |= {(i, j), (j, i)}
    rows, columns = zip(*sorted(pairs)) if pairs else ((), ())
    return sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(n, n))


def laplacian(w, kind):
    thick = not sparse.issparse(w)
    w = sparse.coo_array(np.array(w, dtype=float) if thick else w, dtype=float)
    require(len(w.shape) == 2 and w.shape[0] == w.shape[1], f"w: {w.shape} is not square")
    w = w.tocsr().tocoo()  # entries in several parts are added up
    require(not (w.data < 0).any(), "w: no weight may be negative")
    n = w.shape[0]
    d = np.bincount(w.coords[0], w.data, n)
    safe = np.where(d > 0, d, 1.0)
    rows, columns = w.coords
    if kind == "unnormalized":
        values, diagonal = w.data, d
    elif kind == "symmetric":
        values, diagonal = w.data / np.sqrt(safe[rows] * safe[columns]), (d > 0) * 1.0
    elif kind == "random-walk":
        values, diagonal = w.data / safe[rows], (d > 0) * 1.0
    else:
        raise ValueError(f"kind: {kind!r} is unknown")
    at = np.arange(n)
    entries = np.concatenate([diagonal, -values])
    both = np.concatenate([at, rows]), np.concatenate([at, columns])
    result = sparse.csr_array((entries, both), shape=(n, n))
    return result.toarray() if thick else result


def lanczos(matvec, n, k, rng, tol=1e-10):
    require(n >= 1, "n: at least one row")
    require(1 <= k <= n, f"k: {k} is not in 1 … {n}")
    require(tol > 0, "tol: above 0")
    values, vectors, size = [], np.zeros((n, 0)), 0.0
    while len(values) < n:
        lift = 4 * max(size, 1e-300)

        def lifted(v, lift=lift):
            return np.asarray(matvec(v), dtype=float) + lift * (vectors @ (vectors.T @ v))

        value, v, seen = lowest(lifted, n, rng, tol, vectors)
        size = max(size, seen if not values else abs(value))
        if len(values) >= k and value >= sorted(values)[k - 1] - 2 * tol * size:
            break
        values.append(value)
        vectors = np.column_stack([vectors, v])
    order = np.argsort(values)[:k]
    return np.array(values)[order], vectors[:, order]


def lowest(matvec, n, rng, tol, found):
    """The smallest eigenvalue, its vector, and the largest |θ| seen."""

    def cleaned(v, *spans):
        for _ in range(2):
            for span in spans:
                v = v - span @ (span.T @ v)
        return v

    def fresh(*spans):
        v = cleaned(rng.standard_normal(n), *spans)
        v = cleaned(v / np.linalg.norm(v), *spans)
        return v / np.linalg.norm(v)

    room = n - found.shape[1]
    m = min(24, room)
    q = fresh(found)[:, None]
    aq = np.zeros((n, 0))
    largest = 0.0
    for _ in range(5000):
        while True:
            aq = np.column_stack([aq, matvec(q[:, -1])])
            w = cleaned(aq[:, -1], found, q)
            rest = np.linalg.norm(w)
            if q.shape[1] == m:
                break
            if rest <= 1e-13 * max(np.abs(aq[:, -1]).max(), 1e-300):
                w, rest = fresh(found, q), 1.0
            w = cleaned(w / rest, found, q)
            q = np.column_stack([q, w / np.linalg.norm(w)])
        small = q.T @ aq
        theta, s = np.linalg.eigh((small + small.T) / 2)
        largest = max(largest, np.abs(theta).max())
        v = q @ s[:, 0]
        error = np.linalg.norm(cleaned(aq @ s[:, 0] - theta[0] * v, found))
        if error <= max(tol, 1e-15) * largest or m == room:
            return float(theta[0]), v / np.linalg.norm(v), largest
        keep = m // 2 + 1
        following = w
        q, aq = q @ s[:, :keep], aq @ s[:, :keep]
        following = cleaned(following, found, q)
        length = np.linalg.norm(following)
        following = following / length if length > 0 else fresh(found, q)
        following = cleaned(following, found, q)
        q = np.column_stack([q, following / np.linalg.norm(following)])
    raise RuntimeError("no convergence")


def kmeans(x, k, rng, n_init=10):
    x = table(x)
    require(1 <= k <= len(x), "k: from 1 to the number of points")
    require(n_init >= 1, "n_init: one run at least")
    shift = x.mean(axis=0)
    runs = [one_run(x - shift, k, rng) for _ in range(n_init)]
    labels, centers, inertia = runs[int(np.argmin([run[2] for run in runs]))]
    return labels, centers + shift, inertia


def one_run(x, k, rng):
    chosen = [int(rng.integers(len(x)))]
    near = ((x - x[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < k:
        p = near / near.sum() if near.sum() > 0 else None
        chosen.append(int(rng.choice(len(x), p=p)))
        near = np.minimum(near, ((x - x[chosen[-1]]) ** 2).sum(axis=1))
    centers, before = x[chosen].copy(), None
    while True:
        d = far(x, centers)
        labels = d.argmin(axis=1)
        if before is not None and (labels == before).all():
            return labels, centers, float(((x - centers[labels]) ** 2).sum())
        before, own = labels, d[np.arange(len(x)), labels]
        for c in range(k):
            mine = labels == c
            if mine.any():
                centers[c] = x[mine].mean(axis=0)
            else:
                lonely = int(own.argmax())
                centers[c], own[lonely] = x[lonely], 0.0


def spectral_embedding(w, k):
    matrix = laplacian(w, "symmetric")
    n = matrix.shape[0]
    require(1 <= k <= n, f"k: {k} is not in 1 … {n}")
    shifted = sparse.csc_array(matrix) + 1e-3 * sparse.identity(n, format="csc")
    solver = splu(sparse.csc_matrix(shifted), permc_spec="MMD_AT_PLUS_A")
    _, u = lanczos(lambda v: -solver.solve(v), n, k, np.random.default_rng(42), tol=1e-11)
    for row in u:
        length = np.sqrt(row @ row)
        if length > 0:
            row /= length
    return u


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    makers = {
        "knn": lambda: knn_graph(x, neighbors),
        "rbf": lambda: rbf_affinity(x, gamma),
        "cosine": lambda: cosine_affinity(x),
        "precomputed": lambda: x,
    }
    require(affinity in makers, f"affinity: {affinity!r} is none of {list(makers)}")
    return kmeans(spectral_embedding(makers[affinity](), k), k, rng, n_init)[0]


def grouped(x, labels):
    labels = labels.tolist() if isinstance(labels, np.ndarray) else list(labels)
    x = table(x)
    require(len(labels) == len(x), "labels: one for each row of x")
    groups = defaultdict(list)
    for i, label in enumerate(labels):
        groups[label].append(i)
    require(len(groups) > 1, "labels: two clusters at least")
    return x, list(groups.values())


def silhouette(x, labels):
    x, groups = grouped(x, labels)
    scores = []
    for own in groups:
        d = np.sqrt(far(x[own], x))
        for row, i in enumerate(own):
            if len(own) == 1:
                scores.append(0.0)
                continue
            a = sum(d[row, j] for j in own if j != i) / (len(own) - 1)
            b = min(d[row, other].mean() for other in groups if other is not own)
            scores.append((b - a) / max(a, b) if max(a, b) > 0 else 0.0)
    return sum(scores) / len(scores)


def davies_bouldin(x, labels):
    x, groups = grouped(x, labels)
    means = [x[g].mean(axis=0) for g in groups]
    spread = [np.linalg.norm(x[g] - m, axis=1).mean() for g, m in zip(groups, means)]
    total = 0.0
    for i, m in enumerate(means):
        total += max(
            (spread[i] + spread[j]) / np.linalg.norm(m - means[j])
            for j in range(len(means))
            if j != i
        )
    return total / len(means)


def adjusted_rand(a, b):
    a, b = list(a), list(b)
    require(len(a) == len(b) > 0, "a and b: equally many, and some")

    def pairs(items):
        return sum(c * (c - 1) // 2 for c in Counter(items).values())

    both, first, second = pairs(zip(a, b)), pairs(a), pairs(b)
    if both == first == second:
        return 1.0
    chance = first * second / (len(a) * (len(a) - 1) // 2)
    return (both - chance) / ((first + second) / 2 - chance)


def estimate_k(eigenvalues, k_max):
    values = [float(v) for v in eigenvalues]
    require(len(values) >= 2, "eigenvalues: two at least")
    require(k_max >= 1, "k_max: one at least")
    best = 1
    for k in range(2, min(k_max, len(values) - 1) + 1):
        if values[k] - values[k - 1] > values[best] - values[best - 1]:
            best = k
    return best


def cluster_words(vectors, vocabulary, k, rng):
    vectors, words = table(vectors, "vectors"), list(vocabulary)
    require(len(words) == len(vectors), "vocabulary: one word for each row")
    require(1 <= k <= len(words), "k: from 1 to the number of words")
    groups = [[] for _ in range(k)]
    for word, label in zip(words, spectral_clustering(vectors, k, rng, affinity="cosine")):
        groups[label].append(word)
    return groups


def nystrom_embedding(x, k, landmarks, gamma, rng):
    x = table(x)
    require(1 <= landmarks <= len(x), "landmarks: from 1 to n")
    require(1 <= k <= landmarks, "k: from 1 to landmarks")
    require(gamma > 0, "gamma: above 0")
    places = rng.permutation(len(x))[:landmarks]
    c = np.exp(-gamma * far(x, x[places]))
    values, vectors = np.linalg.eigh(c[places])
    good = values > 1e-11 * values.max()
    f = (c @ vectors[:, good]) / np.sqrt(values[good])
    degree = np.maximum(f @ f.sum(axis=0), 1e-13)
    u = np.linalg.svd(f / np.sqrt(degree)[:, None], full_matrices=False)[0][:, :k]
    u = np.hstack([u, np.zeros((len(x), k - u.shape[1]))])
    length = np.linalg.norm(u, axis=1)
    u[length == 0, 0] = length[length == 0] = 1.0
    return u / length[:, None]
