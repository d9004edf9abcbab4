"""As fast as NumPy goes: shared noise words in single precision, maps without fresh memory.

Skip-gram: all pairs of a batch share their noise words, weighted, so that scores and gradients are
three matrix products; tables are in single precision. t-SNE: buffers that are used again. LSA: the
smaller Gram matrix. The plain solution is what the handout teaches.
"""

import heapq
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class LSA:
    terms: np.ndarray
    singular_values: np.ndarray


@dataclass(frozen=True, eq=False)
class SkipGram:
    vectors: np.ndarray
    contexts: np.ndarray
    losses: list


def _two_axes(x, name):
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError(f"{name} must be 2-D")
    return x


def _square(x, name):
    x = _two_axes(x, name)
    if x.shape[0] != x.shape[1]:
        raise ValueError(f"{name} must be square")
    return x


def _unit(x):
    norm = np.sqrt(np.einsum("nd,nd->n", x, x))
    norm[norm == 0] = 1.0
    return x / norm[:, None]


def document_term(documents, vocabulary):
    column = {word: j for j, word in enumerate(vocabulary)}
    if len(column) != len(vocabulary):
        raise ValueError("vocabulary holds a word more than once")
    counts = np.zeros((len(documents), len(column)))
    for i, document in enumerate(documents):
        known = np.fromiter((column.get(word, -1) for word in document), dtype=np.int64)
        counts[i] = np.bincount(known[known >= 0], minlength=len(column))
    return counts


def tf_idf(counts):
    counts = _two_axes(counts, "counts")
    if counts.size and counts.min() < 0:
        raise ValueError("counts must be >= 0")
    weights = np.log1p(len(counts)) - np.log1p((counts > 0).sum(axis=0))
    return _unit(counts * weights)


def lsa(x, k):
    x = _two_axes(x, "x")
    if k < 1 or k > min(x.shape):
        raise ValueError(f"k must lie in 1 … {min(x.shape)}")
    wide = x.shape[1] > x.shape[0]
    values, vectors = np.linalg.eigh(x @ x.T if wide else x.T @ x)
    vectors = vectors[:, : -k - 1 : -1]
    terms = np.linalg.qr(x.T @ vectors)[0] if wide else vectors
    return LSA(terms, np.sqrt(np.clip(values[: -k - 1 : -1], 0.0, None)))


def project(model, x):
    x = _two_axes(x, "x")
    if x.shape[1] != model.terms.shape[0]:
        raise ValueError("x has another number of columns than the model has terms")
    return x @ model.terms


def ranking(vectors, query):
    vectors, query = _two_axes(vectors, "vectors"), np.asarray(query, dtype=np.float64)
    if query.shape != (vectors.shape[1],):
        raise ValueError("query must be one row as long as those of vectors")
    cosine = np.einsum("nd,d->n", _unit(vectors), _unit(query[None])[0])
    return np.argsort(-cosine, kind="stable")


def average_precision(ranked, relevant):
    relevant = frozenset(relevant)
    if not relevant:
        raise ValueError("relevant is empty")
    places = np.array([i for i, item in enumerate(ranked, 1) if item in relevant], dtype=float)
    return float((np.arange(1, len(places) + 1) / places).sum() / len(relevant))


def mean_average_precision(vectors, labels):
    unit = _unit(_two_axes(vectors, "vectors"))
    labels = list(labels)
    if len(labels) != len(unit):
        raise ValueError("labels and vectors differ in length")
    numbers = {}
    kind = np.array([numbers.setdefault(label, len(numbers)) for label in labels])
    cosine = np.einsum("nd,md->nm", unit, unit)
    total, asked = 0.0, 0
    for i, row in enumerate(cosine):
        order = np.argsort(-row, kind="stable")
        places = 1 + np.flatnonzero(kind[order[order != i]] == kind[i])
        if len(places):
            total += np.mean(np.arange(1, len(places) + 1) / places)
            asked += 1
    if not asked:
        raise ValueError("labels: each stands alone")
    return float(total / asked)


def skipgram_pairs(ids, window):
    if window < 1:
        raise ValueError("window must be positive")
    ids = np.array(ids, dtype=np.int64)
    parts = [(ids[d:], ids[:-d]) for d in range(1, min(window + 1, len(ids)))]
    a = np.concatenate([ids[:0], *(later for later, _ in parts)])
    b = np.concatenate([ids[:0], *(earlier for _, earlier in parts)])
    return np.r_[a, b], np.r_[b, a]


def _counted(counts):
    counts = np.asarray(counts, dtype=np.float64)
    if counts.min() < 0 or counts.max() == 0:
        raise ValueError("counts must not be negative, nor all 0")
    return counts


def keep_probability(counts, t=1e-3):
    counts = _counted(counts)
    if t <= 0:
        raise ValueError("t must be > 0")
    result = np.ones_like(counts)
    common = counts > t * counts.sum()
    result[common] = np.sqrt(t * counts.sum() / counts[common])
    return result


def noise_distribution(counts, power=0.75):
    counts = _counted(counts)
    if power < 0:
        raise ValueError("power must be >= 0")
    weight = np.power(counts, power, out=np.zeros_like(counts), where=counts > 0)
    return weight / weight.sum()


def sgns_loss(v, u, noise):
    v, u = _two_axes(v, "v"), np.asarray(u, dtype=np.float64)
    noise = np.asarray(noise, dtype=np.float64)
    if u.shape != v.shape:
        raise ValueError("u must be shaped like v")
    if noise.ndim != 3 or noise.shape[0] != len(v) or noise.shape[2] != v.shape[1]:
        raise ValueError("noise must hold k vectors for each row of v")
    seen = np.einsum("nd,nd->n", v, u)
    drawn = (noise @ v[:, :, None])[:, :, 0]
    pull = -np.exp(np.minimum(-seen, 0)) / (1 + np.exp(-np.abs(seen)))  # σ(seen) - 1
    push = np.exp(np.minimum(drawn, 0)) / (1 + np.exp(-np.abs(drawn)))
    loss = np.logaddexp(0, -seen) + np.logaddexp(0, drawn).sum(axis=1)
    dv = pull[:, None] * u + np.einsum("nk,nkd->nd", push, noise)
    return loss, dv, pull[:, None] * v, push[:, :, None] * v[:, None, :]


def _add(table, rows, values):
    """Add rows that may repeat: sorted, summed in runs, added once each."""
    order = np.argsort(rows, kind="stable")
    rows = rows[order]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    table[rows[first]] += np.add.reduceat(values[order], first, axis=0)


def _slope(score):
    """σ in single precision, without overflow."""
    small = np.exp(-np.abs(score))
    return np.where(score >= 0, 1, small) / (1 + small), np.log1p(small)


def train_skipgram(
    centers, contexts, noise, dim, rng, negatives=5, epochs=1, batch=256, lr=0.05, start=None
):
    noise = np.asarray(noise, dtype=np.float64)
    if noise.min() < 0 or noise.max() == 0:
        raise ValueError("noise must not be negative, nor all 0")
    centers, contexts, size = np.asarray(centers), np.asarray(contexts), len(noise)
    if len(centers) != len(contexts) or len(centers) == 0:
        raise ValueError("centers and contexts must be as many, and not none")
    if centers.min() < 0 or centers.max() >= size:
        raise ValueError("centers holds a number that is no word")
    if contexts.min() < 0 or contexts.max() >= size:
        raise ValueError("contexts holds a number that is no word")
    for name in ("dim", "negatives", "epochs", "batch"):
        if locals()[name] < 1:
            raise ValueError(f"{name} must be >= 1")
    if lr <= 0:
        raise ValueError("lr must be > 0")
    if start is None:
        start = (rng.random((size, dim)) - 0.5) / dim, np.zeros((size, dim))
    v, u = (np.array(part, dtype=np.float32) for part in start)
    if v.shape != (size, dim) or u.shape != (size, dim):
        raise ValueError("start must hold two tables with a row of dim numbers per word")
    upto = np.cumsum(noise)
    upto /= upto[-1]
    # A batch shares its noise words: at least 16, or what the pairs of a small batch would draw.
    m = len(centers)
    shared = min(max(16, negatives), negatives * min(batch, m))
    each = np.float32(negatives / shared)
    steps, taken, losses = epochs * -(-m // batch), 0, []
    for _ in range(epochs):
        order = rng.permutation(m)
        first, second, total = centers[order], contexts[order], 0.0
        for begin in range(0, m, batch):
            i, j = first[begin : begin + batch], second[begin : begin + batch]
            drawn = np.searchsorted(upto, rng.random(shared), side="right")
            vi, uj, un = v[i], u[j], u[drawn]
            seen, score = -np.einsum("nd,nd->n", vi, uj), vi @ un.T
            pull, own = _slope(seen)
            push, tail = _slope(score)
            total += float((np.maximum(seen, 0) + own).sum())
            total += float(each * (np.maximum(score, 0) + tail).sum())
            rate = np.float32(lr * (1 - taken / steps))
            push *= each * rate
            pull *= rate
            dv = pull[:, None] * uj
            dv -= push @ un
            _add(v, i, dv)
            _add(u, np.concatenate([j, drawn]), np.concatenate([pull[:, None] * vi, -push.T @ vi]))
            taken += 1
        losses.append(total / m)
    return SkipGram(v.astype(np.float64), u.astype(np.float64), losses)


class _Words:
    def __init__(self, vectors, vocabulary):
        self.unit = _unit(_two_axes(vectors, "vectors"))
        self.words = list(vocabulary)
        if len(self.words) != len(self.unit):
            raise ValueError("vocabulary must have a word for each vector")
        self.row = {word: i for i, word in enumerate(self.words)}

    def __getitem__(self, word):
        if word not in self.row:
            raise ValueError(f"the vocabulary has no {word!r}")
        return self.row[word]

    def best(self, point, without, n):
        if n < 1:
            raise ValueError("n must be >= 1")
        cosine = np.einsum("nd,d->n", self.unit, _unit(point[None])[0])
        wanted = min(n + len(without), len(cosine))
        order = np.argsort(-cosine, kind="stable")[:wanted].tolist()
        kept = [i for i in order if i not in without][:n]
        return [(self.words[i], float(cosine[i])) for i in kept]


def neighbors(vectors, vocabulary, word, n):
    words = _Words(vectors, vocabulary)
    own = words[word]
    return words.best(words.unit[own], [own], n)


def _answer(words, a, b, c, n, exclude):
    a, b, c = words[a], words[b], words[c]
    point = words.unit[b] - words.unit[a] + words.unit[c]
    return words.best(point, {a, b, c} if exclude else (), n)


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    return _answer(_Words(vectors, vocabulary), a, b, c, n, exclude)


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    words = _Words(vectors, vocabulary)
    right = []
    for *given, expected in questions:
        if all(word in words.row for word in (*given, expected)):
            right.append(_answer(words, *given, 1, exclude)[:1])
            right[-1] = bool(right[-1]) and right[-1][0][0] == expected
    if not right:
        raise ValueError("questions: every one has an unknown word")
    return sum(right) / len(right)


def conditional_affinities(x, perplexity):
    x = _two_axes(x, "x")
    n = len(x)
    if n < 3:
        raise ValueError("x must have three rows at least")
    if perplexity <= 1 or perplexity >= n - 1:
        raise ValueError(f"perplexity must lie strictly between 1 and {n - 1}")
    d2 = np.empty((n, n))
    for i in range(n):
        apart = x - x[i]
        np.einsum("nd,nd->n", apart, apart, out=d2[i])
    np.fill_diagonal(d2, np.inf)
    d2 -= d2.min(axis=1, keepdims=True)
    np.fill_diagonal(d2, 0.0)
    scale = d2.mean(axis=1)
    d2 /= np.where(scale > 0, scale, 1.0)[:, None]
    # Newton's method for ln β inside of a bracket; bisection wherever it leaves it. Rows that are
    # done are left alone.
    wanted, open_rows = np.log(perplexity), np.arange(n)
    low, high, at = np.full(n, -80.0), np.full(n, 80.0), np.zeros(n)
    p = np.zeros((n, n))
    for _ in range(200):
        rows = d2[open_rows]
        beta = np.exp(at[open_rows])[:, None]
        weight = np.exp(-beta * rows)
        weight[np.arange(len(open_rows)), open_rows] = 0.0
        total = weight.sum(axis=1, keepdims=True)
        weight /= total
        mean = (weight * rows).sum(axis=1)
        entropy = np.log(total[:, 0]) + beta[:, 0] * mean
        off = entropy - wanted
        p[open_rows] = weight
        low[open_rows] = np.where(off > 0, at[open_rows], low[open_rows])
        high[open_rows] = np.where(off > 0, high[open_rows], at[open_rows])
        # dH / d ln β = -β² · variance of the squared distance
        fall = beta[:, 0] ** 2 * ((weight * rows**2).sum(axis=1) - mean**2)
        step = at[open_rows] + off / np.maximum(fall, 1e-12)
        inside = (step > low[open_rows]) & (step < high[open_rows])
        at[open_rows] = np.where(inside, step, (low[open_rows] + high[open_rows]) / 2)
        open_rows = open_rows[np.abs(off) > 1e-10]
        if not len(open_rows):
            break
    return p


def joint_affinities(conditional):
    p = _square(conditional, "conditional")
    joint = p + p.T
    joint *= 0.5 / len(p)
    return joint


class _Map:
    """w, forces and divergence of a map with n points, in buffers that are used again."""

    def __init__(self, n):
        self.w, self.f = np.empty((n, n)), np.empty((n, n))

    def weights(self, y):
        w = np.matmul(y, -2.0 * y.T, out=self.w)
        squared = np.einsum("nd,nd->n", y, y)
        w += squared[:, None]
        w += squared + 1.0
        np.maximum(w, 1.0, out=w)
        np.reciprocal(w, out=w)
        np.fill_diagonal(w, 0.0)
        return w

    def gradient(self, p, y):
        w = self.weights(y)
        f = np.multiply(w, -1.0 / w.sum(), out=self.f)
        f += p
        f *= w
        return 4.0 * (f.sum(axis=1)[:, None] * y - f @ y)

    def divergence(self, p, y):
        w = self.weights(y)
        seen = p > 0
        return float(np.dot(p[seen], np.log(p[seen]) - np.log(w[seen]) + np.log(w.sum())))


def tsne_gradient(p, y):
    p, y = _square(p, "p"), _two_axes(y, "y")
    if len(p) != len(y):
        raise ValueError("y must have a row for each row of p")
    y = y - y.mean(axis=0)
    there = _Map(len(p))
    return there.divergence(p, y), there.gradient(p, y)


def tsne(p, rng, dim=2, iterations=500, lr=None, exaggeration=12.0, early=100, start=None):
    p = _square(p, "p")
    n = len(p)
    if dim < 1:
        raise ValueError("dim must be >= 1")
    if iterations < 1:
        raise ValueError("iterations must be >= 1")
    if early < 0:
        raise ValueError("early must be >= 0")
    if exaggeration <= 0:
        raise ValueError("exaggeration must be > 0")
    lr = max(n / exaggeration / 4, 50.0) if lr is None else lr
    if lr <= 0:
        raise ValueError("lr must be > 0")
    y = rng.standard_normal((n, dim)) * 1e-4 if start is None else np.array(start, dtype=float)
    if y.shape != (n, dim):
        raise ValueError(f"start must be of shape {(n, dim)}")
    there, last, gain = _Map(n), np.zeros_like(y), np.ones_like(y)
    phases = [(exaggeration * p, 0.5, min(early, iterations)), (p, 0.8, max(iterations - early, 0))]
    for wanted, momentum, times in phases:
        for _ in range(times):
            y -= y.mean(axis=0)
            g = there.gradient(wanted, y)
            turned = g * last < 0
            gain = np.maximum(np.where(turned, gain + 0.2, 0.8 * gain), 0.01)
            last *= momentum
            last -= lr * gain * g
            y += last
    y -= y.mean(axis=0)
    return y, there.divergence(p, y)


def pagerank(weights, damping=0.85, tol=1e-10):
    weights = _square(weights, "weights")
    n = len(weights)
    if n < 1 or weights.min() < 0:
        raise ValueError("weights must be >= 0, and there must be some")
    if damping < 0 or damping >= 1:
        raise ValueError("damping must lie in [0, 1)")
    if tol <= 0:
        raise ValueError("tol must be > 0")
    total = weights.sum(axis=1)
    share = np.divide(1.0, total, out=np.zeros(n), where=total > 0)
    dead = total == 0
    rank = np.full(n, 1 / n)
    error = 2.0
    while error > tol / 2:  # what is left shrinks by damping each time
        rank = damping * ((rank * share) @ weights + rank[dead].sum() / n) + (1 - damping) / n
        error *= damping
    return rank / rank.sum()


def _settle(lengths, source, target=None):
    edges = [(np.flatnonzero(row), row) for row in lengths]
    best, come_from, done = {source: 0.0}, {}, set()
    heap = [(0.0, source)]
    while heap:
        way, i = heapq.heappop(heap)
        if i in done:
            continue
        done.add(i)
        if i == target:
            break
        for j in edges[i][0].tolist():
            longer = way + edges[i][1][j]
            if longer < best.get(j, np.inf):
                best[j], come_from[j] = longer, i
                heapq.heappush(heap, (longer, j))
    return best, come_from


def _graph(lengths, **vertices):
    lengths = _square(lengths, "lengths")
    if lengths.size and lengths.min() < 0:
        raise ValueError("lengths must be >= 0")
    for name, vertex in vertices.items():
        if vertex < 0 or vertex >= len(lengths):
            raise ValueError(f"{name} is outside of the graph")
    return lengths


def distances(lengths, source):
    lengths = _graph(lengths, source=source)
    best, _ = _settle(lengths, source)
    return np.array([best.get(j, np.inf) for j in range(len(lengths))])


def shortest_path(lengths, source, target):
    lengths = _graph(lengths, source=source, target=target)
    best, come_from = _settle(lengths, source, target)
    if target not in best:
        return []
    path = [int(target)]
    while path[0] != source:
        path.insert(0, int(come_from[path[0]]))
    return path
