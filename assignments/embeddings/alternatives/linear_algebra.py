"""Everything that a matrix can do is done by one: one-hot products, solved systems, tensors.

Singular values from the eigenvectors of the smaller Gram matrix, PageRank as a linear system,
distances by Floyd and Warshall, differences of a map as one array of shape (n, n, m).
"""

from types import SimpleNamespace

import numpy as np


def LSA(terms, singular_values):
    return SimpleNamespace(terms=terms, singular_values=singular_values)


def SkipGram(vectors, contexts, losses):
    return SimpleNamespace(vectors=vectors, contexts=contexts, losses=losses)


def require(condition, message):
    if not condition:
        raise ValueError(message)


def as_matrix(x, name):
    x = np.asarray(x, dtype=np.float64)
    require(x.ndim == 2, f"{name}: a matrix is wanted, not shape {x.shape}")
    return x


def normalized(x):
    squares = np.einsum("...d,...d->...", x, x)[..., None]
    return np.divide(x, np.sqrt(squares), out=np.zeros_like(x), where=squares > 0)


def document_term(documents, vocabulary):
    require(len(set(vocabulary)) == len(vocabulary), "vocabulary: words must differ")
    place = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    entries = [(i, place[w]) for i, text in enumerate(documents) for w in text if w in place]
    shape = (len(documents), len(vocabulary))
    flat = np.ravel_multi_index(np.array(entries, dtype=int).reshape(-1, 2).T, shape)
    return np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def tf_idf(counts):
    counts = as_matrix(counts, "counts")
    require(not np.any(counts < 0), "counts must not be negative")
    smoothed = (1.0 + len(counts)) / (1.0 + np.sign(counts).sum(axis=0))
    return normalized(counts @ np.diag(np.log(smoothed)))


def lsa(x, k):
    x = as_matrix(x, "x")
    rows, columns = x.shape
    require(1 <= k <= min(rows, columns), f"k = {k} is not in 1 … {min(rows, columns)}")
    if columns <= rows:
        values, vectors = np.linalg.eigh(x.T @ x)
        terms = vectors[:, ::-1][:, :k]
    else:
        values, vectors = np.linalg.eigh(x @ x.T)
        terms = np.linalg.qr(x.T @ vectors[:, ::-1][:, :k])[0]
    return LSA(terms, np.sqrt(np.maximum(values[::-1][:k], 0.0)))


def project(model, x):
    x = as_matrix(x, "x")
    require(x.shape[1] == len(model.terms), "x has not as many columns as there are terms")
    return np.einsum("mv,vk->mk", x, model.terms)


def ranking(vectors, query):
    vectors = as_matrix(vectors, "vectors")
    query = np.asarray(query, dtype=np.float64)
    require(query.shape == (vectors.shape[1],), "query does not fit the vectors")
    cosine = np.einsum("nd,d->n", normalized(vectors), normalized(query))
    return np.lexsort((np.arange(len(cosine)), -cosine))


def average_precision(ranked, relevant):
    wanted = set(relevant)
    require(wanted, "relevant: at least one item is needed")
    hit = np.array([item in wanted for item in ranked], dtype=np.float64)
    precision = np.cumsum(hit) / np.arange(1, len(hit) + 1)
    return float(hit @ precision / len(wanted))


def mean_average_precision(vectors, labels):
    vectors = as_matrix(vectors, "vectors")
    require(len(labels) == len(vectors), "labels: one per document")
    codes = {}
    kind = np.array([codes.setdefault(label, len(codes)) for label in labels])
    same = (kind[:, None] == kind) & ~np.eye(len(kind), dtype=bool)
    askers = np.flatnonzero(same.any(axis=1))
    require(len(askers), "labels: no two are alike")
    unit = normalized(vectors)
    cosine = np.einsum("id,jd->ij", unit, unit)
    np.fill_diagonal(cosine, -np.inf)
    order = np.argsort(-cosine, axis=1, kind="stable")[:, :-1]
    hit = np.take_along_axis(same, order, axis=1)[askers]
    precision = np.cumsum(hit, axis=1) / np.arange(1, hit.shape[1] + 1)
    return float(((precision * hit).sum(axis=1) / hit.sum(axis=1)).mean())


def skipgram_pairs(ids, window):
    require(window >= 1, "window must be 1 at least")
    ids = np.asarray(ids, dtype=int).reshape(-1)
    position = np.arange(len(ids))
    near = np.abs(position[:, None] - position) <= window
    i, j = np.nonzero(near & (position[:, None] != position))
    return ids[i], ids[j]


def shares(counts):
    counts = np.asarray(counts, dtype=np.float64)
    require(counts.min() >= 0 < counts.max(), "counts: not negative, not all zero")
    return counts / np.sum(counts)


def keep_probability(counts, t=1e-3):
    f = shares(counts)
    require(t > 0, "t must be positive")
    with np.errstate(divide="ignore"):
        return np.minimum(1.0, (t / f) ** 0.5)


def noise_distribution(counts, power=0.75):
    f = shares(counts)
    require(power >= 0, "power must not be negative")
    raised = np.zeros_like(f)
    raised[f > 0] = np.exp(power * np.log(f[f > 0]))
    return raised / raised.sum()


def sigmoid(s):
    return (1 + np.tanh(s / 2)) / 2


def sgns_loss(v, u, noise):
    v, u, noise = (np.asarray(a, dtype=np.float64) for a in (v, u, noise))
    require(v.ndim == 2 and u.shape == v.shape, f"v and u: shapes {v.shape} and {u.shape}")
    require(
        noise.ndim == 3 and noise.shape[::2] == v.shape, f"noise: shape {noise.shape} does not fit"
    )
    # All words of a pair in one array, the context first, with signs.
    words = np.concatenate([u[:, None], noise], axis=1)
    sign = np.where(np.arange(words.shape[1]) == 0, -1.0, 1.0)
    score = sign * np.einsum("nd,nkd->nk", v, words)
    loss = np.maximum(score, 0) + np.log1p(np.exp(-np.abs(score)))
    slope = sign * sigmoid(score)
    dwords = np.einsum("nk,nd->nkd", slope, v)
    return loss.sum(axis=1), np.einsum("nk,nkd->nd", slope, words), dwords[:, 0], dwords[:, 1:]


def train_skipgram(
    centers, contexts, noise, dim, rng, negatives=5, epochs=1, batch=256, lr=0.05, start=None
):
    noise = np.asarray(noise, dtype=np.float64)
    require(noise.min() >= 0 < noise.max(), "noise: not negative, not all zero")
    pairs = [np.asarray(a) for a in (centers, contexts)]
    require(len(pairs[0]) == len(pairs[1]) > 0, "centers and contexts: equally many, at least one")
    size = len(noise)
    for name, ids in zip(("centers", "contexts"), pairs, strict=True):
        require(0 <= ids.min() and ids.max() < size, f"{name}: numbers from 0 to {size - 1}")
    for name, value in (
        ("dim", dim),
        ("negatives", negatives),
        ("epochs", epochs),
        ("batch", batch),
    ):
        require(value >= 1, f"{name} must be 1 at least")
    require(lr > 0, "lr must be positive")
    if start is None:
        v, u = (2 * rng.random((size, dim)) - 1) / (2 * dim), np.zeros((size, dim))
    else:
        v, u = (np.array(a, dtype=np.float64) for a in start)
        require(v.shape == u.shape == (size, dim), f"start: two arrays of shape {(size, dim)}")
    m = len(pairs[0])
    rates = lr * (1 - np.arange(epochs * -(-m // batch)) / (epochs * -(-m // batch)))
    rates, losses = iter(rates), []
    for _ in range(epochs):
        order, told = rng.permutation(m), []
        for rows in np.split(order, range(batch, m, batch)):
            i, j = pairs[0][rows], pairs[1][rows]
            drawn = rng.choice(size, size=(len(rows), negatives), p=noise / noise.sum())
            loss, dv, du, dnoise = sgns_loss(v[i], u[j], u[drawn])
            rate = next(rates)
            np.subtract.at(v, i, rate * dv)
            np.subtract.at(u, j, rate * du)
            np.subtract.at(u, drawn, rate * dnoise)
            told.extend(loss)
        losses.append(float(np.mean(told)))
    return SkipGram(v, u, losses)


def lexicon(vectors, vocabulary, asked):
    vectors = as_matrix(vectors, "vectors")
    require(len(vocabulary) == len(vectors), "vocabulary and vectors differ in number")
    words = list(vocabulary)
    for word in asked:
        require(word in words, f"{word} is not among the words")
    return normalized(vectors), [words.index(word) for word in asked]


def closest(unit, point, vocabulary, left_out, n):
    require(n >= 1, "n must be 1 at least")
    cosine = np.einsum("vd,d->v", unit, normalized(point))
    order = np.argsort(-cosine, kind="stable")
    order = order[~np.isin(order, left_out)][:n]
    return [(vocabulary[i], cosine[i].item()) for i in order]


def neighbors(vectors, vocabulary, word, n):
    unit, (own,) = lexicon(vectors, vocabulary, [word])
    return closest(unit, unit[own], vocabulary, [own], n)


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    unit, rows = lexicon(vectors, vocabulary, [a, b, c])
    point = np.array([-1.0, 1.0, 1.0]) @ unit[rows]
    return closest(unit, point, vocabulary, rows if exclude else [], n)


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    row = {word: i for i, word in enumerate(vocabulary)}
    known = [[row[w] for w in q] for q in questions if all(w in row for w in q)]
    require(known, "questions: none can be answered")
    a, b, c, d = np.array(known).T
    unit = normalized(as_matrix(vectors, "vectors"))
    cosine = normalized(unit[b] - unit[a] + unit[c]) @ unit.T  # all questions at once
    if exclude:
        for left_out in (a, b, c):
            cosine[np.arange(len(a)), left_out] = -np.inf
    return float(np.mean(cosine.argmax(axis=1) == d))


def conditional_affinities(x, perplexity):
    x = as_matrix(x, "x")
    n = len(x)
    require(n >= 3, "x: three points at least")
    require(1 < perplexity < n - 1, f"perplexity must lie between 1 and {n - 1}")
    d2 = np.sum((x[:, None] - x[None]) ** 2, axis=2)
    d2[np.diag_indices(n)] = np.inf
    d2 = d2 - d2.min(axis=1)[:, None]
    # Bisection of ln β, between bounds that no double can leave.
    low, high = np.full(n, -230.0), np.full(n, 230.0)
    for _ in range(80):
        middle = (low + high) / 2
        scaled = np.exp(np.minimum(middle[:, None] + np.log(np.maximum(d2, 1e-300)), 700.0))
        p = np.exp(-scaled)
        p /= p.sum(axis=1, keepdims=True)
        entropy = -np.sum(p * np.log(p, out=np.zeros_like(p), where=p > 0), axis=1)
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    p[np.diag_indices(n)] = 0.0
    return p / p.sum(axis=1, keepdims=True)


def joint_affinities(conditional):
    p = as_matrix(conditional, "conditional")
    require(p.shape[0] == p.shape[1], "conditional must be square")
    return 0.5 * (p + p.T) / p.shape[0]


def forces(p, y):
    apart = y[:, None] - y[None]  # (n, n, m)
    w = 1 / (1 + (apart**2).sum(axis=2))
    w[np.diag_indices(len(y))] = 0
    q = w / w.sum()
    seen = p > 0
    kl = np.sum(p[seen] * (np.log(p[seen]) - np.log(q[seen])))
    return float(kl), 4 * np.einsum("ij,ij,ijm->im", p - q, w, apart), q, w, apart


def tsne_gradient(p, y):
    p, y = as_matrix(p, "p"), as_matrix(y, "y")
    require(p.shape[0] == p.shape[1], "p must be square")
    require(len(y) == len(p), "y: as many points as p has")
    return forces(p, y)[:2]


def tsne(p, rng, dim=2, iterations=500, lr=None, exaggeration=12.0, early=100, start=None):
    p = as_matrix(p, "p")
    n = len(p)
    require(p.shape == (n, n), "p must be square")
    require(dim >= 1, "dim must be 1 at least")
    require(iterations >= 1, "iterations must be 1 at least")
    require(early >= 0, "early must not be negative")
    require(exaggeration > 0, "exaggeration must be positive")
    require(lr is None or lr > 0, "lr must be positive")
    if lr is None:
        lr = np.maximum(n / exaggeration / 4, 50)
    y = rng.standard_normal((n, dim)) / 10_000 if start is None else np.array(start, dtype=float)
    require(y.shape == (n, dim), f"start must have shape {(n, dim)}")
    velocity, gain = 0 * y, 1 + 0 * y
    for s in range(iterations):
        _, _, q, w, apart = forces(p, y)
        factor, momentum = (exaggeration, 0.5) if s < early else (1, 0.8)
        g = 4 * np.einsum("ij,ijm->im", (factor * p - q) * w, apart)
        keeps = g * velocity < 0
        gain = np.clip(keeps * (gain + 0.2) + ~keeps * gain * 0.8, 0.01, None)
        velocity = momentum * velocity - lr * gain * g
        y = y + velocity
    return y - y.mean(axis=0), forces(p, y)[0]


def pagerank(weights, damping=0.85, tol=1e-10):
    weights = as_matrix(weights, "weights")
    n = len(weights)
    require(weights.shape == (n, n) and n > 0, "weights must be square, with a vertex at least")
    require(weights.min() >= 0, "weights must not be negative")
    require(0 <= damping < 1, "damping must lie in [0, 1)")
    require(tol > 0, "tol must be positive")
    weights = weights + (weights.sum(axis=1) == 0)[:, None]  # dead ends lead everywhere
    step = weights / weights.sum(axis=1, keepdims=True)
    rank = np.linalg.solve(np.eye(n) - damping * step.T, np.full(n, (1 - damping) / n))
    return rank / rank.sum()


def network(lengths, **vertices):
    lengths = as_matrix(lengths, "lengths")
    require(lengths.shape[0] == lengths.shape[1], "lengths must be square")
    require(not (lengths < 0).any(), "lengths must not be negative")
    for name, vertex in vertices.items():
        require(vertex in range(len(lengths)), f"{name}: no vertex {vertex}")
    d = np.where(lengths > 0, lengths, np.inf)
    d[np.diag_indices(len(d))] = 0
    return lengths, d


def distances(lengths, source):
    _, d = network(lengths, source=source)
    for k in range(len(d)):
        d = np.minimum(d, d[:, k, None] + d[None, k])
    return d[source]


def shortest_path(lengths, source, target):
    _, edges = network(lengths, source=source, target=target)
    d, step = edges.copy(), np.tile(np.arange(len(edges)), (len(edges), 1))
    for k in range(len(d)):  # step[i, j]: where to go from i on the way to j
        by_k = d[:, k, None] + d[None, k]
        better = by_k < d
        d, step = np.where(better, by_k, d), np.where(better, step[:, k, None], step)
    if d[source, target] == np.inf:
        return []
    path = [int(source)]
    while path[-1] != target:
        path.append(int(step[path[-1], target]))
    return path
