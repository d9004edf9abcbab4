"""Plain loops and counters wherever they will do: what a careful beginner hands in."""

import bisect
import math
from collections import Counter
from typing import NamedTuple

import numpy as np


def matrix(x, name, square=False, columns=None):
    x = np.array(x, dtype=float)
    if x.ndim != 2:
        raise ValueError(name + " should have two axes")
    if square and x.shape[0] != x.shape[1]:
        raise ValueError(name + " should be square")
    if columns is not None and x.shape[1] != columns:
        raise ValueError(name + " has the wrong number of columns")
    return x


def length(row):
    return math.sqrt(sum(float(value) ** 2 for value in row))


def cosine(a, b):
    size = length(a) * length(b)
    return float(np.dot(a, b)) / size if size else 0.0


def document_term(documents, vocabulary):
    vocabulary = list(vocabulary)
    if len(set(vocabulary)) != len(vocabulary):
        raise ValueError("vocabulary: no word may come twice")
    tallies = [Counter(document) for document in documents]
    rows = [[float(tally[word]) for word in vocabulary] for tally in tallies]
    return np.array(rows).reshape(len(tallies), len(vocabulary))


def tf_idf(counts):
    counts = matrix(counts, "counts")
    if counts.size and counts.min() < 0:
        raise ValueError("counts: a count is negative")
    total = len(counts)
    for j in range(counts.shape[1]):
        df = sum(1 for value in counts[:, j] if value > 0)
        counts[:, j] *= math.log((1 + total) / (1 + df))
    for row in counts:
        if length(row) > 0:
            row /= length(row)
    return counts


class LSA(NamedTuple):
    terms: np.ndarray
    singular_values: np.ndarray


def lsa(x, k):
    x = matrix(x, "x")
    if k < 1 or k > min(x.shape):
        raise ValueError("k is out of range")
    _, sigma, vt = np.linalg.svd(x, full_matrices=False)
    return LSA(np.array([vt[j] for j in range(k)]).T, sigma[:k])


def project(model, x):
    x = matrix(x, "x", columns=model.terms.shape[0])
    return np.array([row @ model.terms for row in x]).reshape(len(x), model.terms.shape[1])


def ranking(vectors, query):
    vectors, query = matrix(vectors, "vectors"), np.array(query, dtype=float)
    if query.shape != (vectors.shape[1],):
        raise ValueError("query has the wrong shape")
    scores = [cosine(row, query) for row in vectors]
    return np.array(sorted(range(len(scores)), key=lambda i: (-scores[i], i)), dtype=int)


def average_precision(ranked, relevant):
    relevant = list(set(relevant))
    if len(relevant) == 0:
        raise ValueError("relevant is empty")
    places = [place for place, item in enumerate(ranked, 1) if item in relevant]
    return sum(hits / place for hits, place in enumerate(places, 1)) / len(relevant)


def mean_average_precision(vectors, labels):
    vectors, labels = matrix(vectors, "vectors"), list(labels)
    if len(vectors) != len(labels):
        raise ValueError("labels: one for each row, please")
    scores = []
    for i in range(len(labels)):
        others = [j for j in range(len(labels)) if j != i]
        relevant = [j for j in others if labels[j] == labels[i]]
        if not relevant:
            continue
        order = ranking(vectors[others], vectors[i])
        scores.append(average_precision([others[j] for j in order], relevant))
    if not scores:
        raise ValueError("labels are all different")
    return sum(scores) / len(scores)


def skipgram_pairs(ids, window):
    if window < 1:
        raise ValueError("window should be 1 or more")
    ids = [int(i) for i in ids]
    centers, contexts = [], []
    for i, center in enumerate(ids):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                centers.append(center)
                contexts.append(ids[j])
    return np.array(centers, dtype=int), np.array(contexts, dtype=int)


def checked_counts(counts):
    counts = [float(count) for count in counts]
    if min(counts) < 0 or sum(counts) == 0:
        raise ValueError("counts should be >= 0, and not all 0")
    return counts


def keep_probability(counts, t=1e-3):
    counts = checked_counts(counts)
    if t <= 0:
        raise ValueError("t should be positive")
    total = sum(counts)
    return np.array([min(1.0, math.sqrt(t * total / c)) if c else 1.0 for c in counts])


def noise_distribution(counts, power=0.75):
    counts = checked_counts(counts)
    if power < 0:
        raise ValueError("power should not be negative")
    raised = [count**power if count else 0.0 for count in counts]
    return np.array([value / sum(raised) for value in raised])


class SkipGram(NamedTuple):
    vectors: np.ndarray
    contexts: np.ndarray
    losses: list


def softplus(s):
    return s + math.log1p(math.exp(-s)) if s > 0 else math.log1p(math.exp(s))


def sigma(s):
    return 1 / (1 + math.exp(-s)) if s > 0 else math.exp(s) / (1 + math.exp(s))


def sgns_loss(v, u, noise):
    v, u, noise = (np.array(a, dtype=float) for a in (v, u, noise))
    if u.shape != v.shape or v.ndim != 2:
        raise ValueError("u and v have different shapes")
    if noise.ndim != 3 or (noise.shape[0], noise.shape[2]) != v.shape:
        raise ValueError("noise has another shape")
    loss = np.zeros(len(v))
    dv, du, dnoise = np.zeros_like(v), np.zeros_like(u), np.zeros_like(noise)
    for n in range(len(v)):
        score = float(v[n] @ u[n])
        loss[n] = softplus(-score)
        dv[n] += -sigma(-score) * u[n]
        du[n] = -sigma(-score) * v[n]
        for k in range(noise.shape[1]):
            score = float(v[n] @ noise[n, k])
            loss[n] += softplus(score)
            dv[n] += sigma(score) * noise[n, k]
            dnoise[n, k] = sigma(score) * v[n]
    return loss, dv, du, dnoise


def train_skipgram(
    centers, contexts, noise, dim, rng, negatives=5, epochs=1, batch=256, lr=0.05, start=None
):
    noise = [float(weight) for weight in noise]
    if min(noise) < 0 or sum(noise) == 0:
        raise ValueError("noise: weights >= 0, not all 0")
    size = len(noise)
    centers, contexts = [int(i) for i in centers], [int(j) for j in contexts]
    if len(centers) != len(contexts) or not centers:
        raise ValueError("centers and contexts should be equally long, and not empty")
    if min(centers) < 0 or max(centers) >= size:
        raise ValueError("centers: no such word")
    if min(contexts) < 0 or max(contexts) >= size:
        raise ValueError("contexts: no such word")
    for name, value in zip(
        ("dim", "negatives", "epochs", "batch"), (dim, negatives, epochs, batch), strict=True
    ):
        if value < 1:
            raise ValueError(name + " should be 1 or more")
    if lr <= 0:
        raise ValueError("lr should be positive")
    if start is None:
        vectors, others = rng.uniform(-0.5 / dim, 0.5 / dim, (size, dim)), np.zeros((size, dim))
    else:
        vectors, others = (np.array(a, dtype=float) for a in start)
        if vectors.shape != (size, dim) or others.shape != (size, dim):
            raise ValueError("start has the wrong shapes")
    upto, running = [], 0.0
    for weight in noise:
        running += weight
        upto.append(running)
    last = max(i for i, weight in enumerate(noise) if weight > 0)
    batches_per_epoch = math.ceil(len(centers) / batch)
    done, losses = 0, []
    for _ in range(epochs):
        order = list(range(len(centers)))
        rng.shuffle(order)
        total = 0.0
        for first in range(0, len(order), batch):
            rate = lr * (1 - done / (batches_per_epoch * epochs))
            rows = order[first : first + batch]
            i, j = [centers[r] for r in rows], [contexts[r] for r in rows]
            drawn = [
                [min(bisect.bisect_right(upto, x * running), last) for x in rng.random(negatives)]
                for _ in rows
            ]
            loss, dv, du, dnoise = sgns_loss(vectors[i], others[j], others[np.array(drawn)])
            for n in range(len(rows)):
                vectors[i[n]] -= rate * dv[n]
                others[j[n]] -= rate * du[n]
                for k in range(negatives):
                    others[drawn[n][k]] -= rate * dnoise[n, k]
            total += float(loss.sum())
            done += 1
        losses.append(total / len(centers))
    return SkipGram(vectors, others, losses)


def best(vectors, vocabulary, point, left_out, n):
    scored = [
        (word, cosine(row, point))
        for word, row in zip(vocabulary, vectors, strict=True)
        if word not in left_out
    ]
    scored.sort(key=lambda pair: -pair[1])
    return scored[:n]


def checked_words(vectors, vocabulary, asked, n):
    vectors = matrix(vectors, "vectors")
    if len(vectors) != len(vocabulary):
        raise ValueError("vocabulary has another length")
    if n < 1:
        raise ValueError("n should be 1 or more")
    for word in asked:
        if word not in vocabulary:
            raise ValueError("unknown word: " + str(word))
    return vectors, [vectors[list(vocabulary).index(word)] for word in asked]


def neighbors(vectors, vocabulary, word, n):
    vectors, (own,) = checked_words(vectors, vocabulary, [word], n)
    return best(vectors, vocabulary, own, {word}, n)


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    vectors, rows = checked_words(vectors, vocabulary, [a, b, c], n)
    a_hat, b_hat, c_hat = (row / (length(row) or 1.0) for row in rows)
    return best(vectors, vocabulary, b_hat - a_hat + c_hat, {a, b, c} if exclude else (), n)


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    outcomes = []
    for a, b, c, d in questions:
        if all(word in vocabulary for word in (a, b, c, d)):
            first = analogy(vectors, vocabulary, a, b, c, exclude=exclude)
            outcomes.append([d] == [word for word, _ in first])
    if not outcomes:
        raise ValueError("questions: nothing can be asked")
    return sum(outcomes) / len(outcomes)


def conditional_affinities(x, perplexity):
    x = matrix(x, "x")
    n = len(x)
    if n < 3:
        raise ValueError("x should have three rows or more")
    if not 1 < perplexity < n - 1:
        raise ValueError("perplexity should lie between 1 and n - 1")
    result = np.zeros((n, n))
    for i in range(n):
        others = [j for j in range(n) if j != i]
        d2 = np.array([((x[i] - x[j]) ** 2).sum() for j in others])
        d2 -= d2.min()
        low, high, beta = 0.0, math.inf, 1 / max(d2.mean(), 1e-300)
        for _ in range(300):
            p = np.exp(-beta * d2)
            p /= p.sum()
            entropy = -sum(q * math.log(q) for q in p if q > 0)
            if abs(math.exp(entropy) / perplexity - 1) < 1e-8:
                break
            if math.exp(entropy) > perplexity:
                low = beta
                beta = beta * 2 if high == math.inf else (low + high) / 2
            else:
                high = beta
                beta = (low + high) / 2
        result[i, others] = p
    return result


def joint_affinities(conditional):
    p = matrix(conditional, "conditional", square=True)
    n = len(p)
    return np.array([[(p[i, j] + p[j, i]) / (2 * n) for j in range(n)] for i in range(n)])


def weights_of(y):
    w = np.zeros((len(y), len(y)))
    for i in range(len(y)):
        w[i] = 1 / (1 + ((y - y[i]) ** 2).sum(axis=1))
        w[i, i] = 0
    return w


def divergence(p, y):
    w = weights_of(y)
    q = w / w.sum()
    return float(sum(p[i, j] * math.log(p[i, j] / q[i, j]) for i, j in np.argwhere(p > 0)))


def slope(p, y):
    w = weights_of(y)
    q = w / w.sum()
    g = np.zeros_like(y)
    for i in range(len(y)):
        g[i] = 4 * ((p[i] - q[i]) * w[i]) @ (y[i] - y)
    return g


def tsne_gradient(p, y):
    p, y = matrix(p, "p", square=True), matrix(y, "y")
    if len(y) != len(p):
        raise ValueError("y should have as many rows as p")
    return divergence(p, y), slope(p, y)


def tsne(p, rng, dim=2, iterations=500, lr=None, exaggeration=12.0, early=100, start=None):
    p = matrix(p, "p", square=True)
    n = len(p)
    if dim < 1:
        raise ValueError("dim should be 1 or more")
    if iterations < 1:
        raise ValueError("iterations should be 1 or more")
    if early < 0:
        raise ValueError("early should be 0 or more")
    if exaggeration <= 0:
        raise ValueError("exaggeration should be positive")
    if lr is None:
        lr = max(n / (4 * exaggeration), 50)
    if lr <= 0:
        raise ValueError("lr should be positive")
    y = rng.normal(0, 1e-4, (n, dim)) if start is None else np.array(start, dtype=float)
    if y.shape != (n, dim):
        raise ValueError("start has the wrong shape")
    step, gain = np.zeros((n, dim)), np.ones((n, dim))
    for s in range(iterations):
        if s < early:
            g, momentum = slope(exaggeration * p, y), 0.5
        else:
            g, momentum = slope(p, y), 0.8
        opposite = g * step < 0
        gain[opposite] += 0.2
        gain[~opposite] *= 0.8
        gain[gain < 0.01] = 0.01
        step = momentum * step - lr * gain * g
        y = y + step
    return y - y.mean(axis=0), divergence(p, y)


def pagerank(weights, damping=0.85, tol=1e-10):
    weights = matrix(weights, "weights", square=True)
    n = len(weights)
    if n == 0 or weights.min() < 0:
        raise ValueError("weights should not be negative, and not empty")
    if damping < 0 or damping >= 1:
        raise ValueError("damping should lie in [0, 1)")
    if tol <= 0:
        raise ValueError("tol should be positive")
    rank = np.ones(n) / n
    needed = math.ceil(math.log(tol / 2) / math.log(damping)) + 1 if damping else 1
    for _ in range(needed):  # each round shrinks the error, at most 2, by the factor damping
        new = np.full(n, (1 - damping) / n)
        for i in range(n):
            if weights[i].sum() > 0:
                new += damping * rank[i] * weights[i] / weights[i].sum()
            else:
                new += damping * rank[i] / n
        rank = new
    return rank


def checked_graph(lengths, **vertices):
    lengths = matrix(lengths, "lengths", square=True)
    if lengths.size and lengths.min() < 0:
        raise ValueError("lengths should not be negative")
    for name, vertex in vertices.items():
        if vertex < 0 or vertex >= len(lengths):
            raise ValueError(name + " is no vertex")
    return lengths


def walk(lengths, source):
    """Dijkstra without a heap: look for the nearest open vertex each time."""
    n = len(lengths)
    distance, before, open_ = [math.inf] * n, [None] * n, set(range(n))
    distance[source] = 0.0
    while open_:
        i = min(open_, key=lambda vertex: distance[vertex])
        if distance[i] == math.inf:
            break
        open_.remove(i)
        for j in open_:
            if lengths[i, j] > 0 and distance[i] + lengths[i, j] < distance[j]:
                distance[j], before[j] = distance[i] + lengths[i, j], i
    return distance, before


def distances(lengths, source):
    return np.array(walk(checked_graph(lengths, source=source), source)[0], dtype=float)


def shortest_path(lengths, source, target):
    lengths = checked_graph(lengths, source=source, target=target)
    distance, before = walk(lengths, source)
    path, vertex = [], int(target)
    if distance[vertex] == math.inf:
        return path
    while vertex is not None:
        path.insert(0, int(vertex))
        vertex = before[vertex]
    return path
