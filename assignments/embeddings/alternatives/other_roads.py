"""Other roads to the same places, in the style of somebody who thinks in arrays.

Word counts from sorted codes, batches summed column by column with bincount, perplexity by
secants inside a bracket, maps a row at a time, PageRank as an eigenvector, and a path that is found
from the distances alone.
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class LSA:
    terms: np.ndarray
    singular_values: np.ndarray


@dataclass
class SkipGram:
    vectors: np.ndarray
    contexts: np.ndarray
    losses: list


def fail_unless(ok, name, why):
    if not ok:
        raise ValueError(f"bad {name}: {why}")


def two_d(x, name, like=None):
    x = np.asarray(x, float)
    fail_unless(x.ndim == 2, name, "two axes are needed")
    fail_unless(like is None or x.shape[1] == like, name, f"{like} columns are needed")
    return x


def square(x, name):
    x = two_d(x, name)
    return two_d(x, name, like=len(x))


def unit_rows(x):
    top = np.abs(x).max(axis=1, keepdims=True, initial=0.0)
    x = np.divide(x, top, out=np.zeros_like(x), where=top > 0)
    norm = np.sqrt((x * x).sum(axis=1, keepdims=True))
    return np.divide(x, norm, out=x, where=norm > 0)


def document_term(documents, vocabulary):
    vocabulary = list(vocabulary)
    fail_unless(len({*vocabulary}) == len(vocabulary), "vocabulary", "a word stands there twice")
    code = {word: i for i, word in enumerate(vocabulary)}
    result = np.zeros((len(documents), len(vocabulary)))
    for row, text in zip(result, documents, strict=True):
        codes, often = np.unique([code[w] for w in text if w in code], return_counts=True)
        row[codes.astype(int)] = often
    return result


def tf_idf(counts):
    counts = two_d(counts, "counts")
    fail_unless((counts >= 0).all(), "counts", "no entry may be negative")
    absent = len(counts) - (counts == 0).sum(axis=0)
    return unit_rows(np.log((1 + len(counts)) / (1 + absent)) * counts)


def lsa(x, k):
    x = two_d(x, "x")
    fail_unless(0 < k <= min(x.shape), "k", f"1 to {min(x.shape)} is possible")
    v, sigma, _ = np.linalg.svd(x.T, full_matrices=False)
    return LSA(np.ascontiguousarray(v[:, :k]), sigma[:k].copy())


def project(model, x):
    return np.inner(two_d(x, "x", like=len(model.terms)), model.terms.T)


def ranking(vectors, query):
    vectors, query = two_d(vectors, "vectors"), np.asarray(query, float)
    fail_unless(query.shape == (vectors.shape[1],), "query", "it must be as long as a row")
    cosine = (unit_rows(vectors) * unit_rows(query[None])).sum(axis=1)
    return np.lexsort([-cosine])


def average_precision(ranked, relevant):
    relevant = set(relevant)
    fail_unless(relevant, "relevant", "it is empty")
    place = {item: i for i, item in enumerate(ranked, 1)}
    places = sorted(place[item] for item in relevant if item in place)
    return sum((i / p for i, p in enumerate(places, 1)), 0.0) / len(relevant)


def mean_average_precision(vectors, labels):
    vectors, labels = two_d(vectors, "vectors"), list(labels)
    fail_unless(len(vectors) == len(labels), "labels", "one is needed for each row")
    scores = []
    for i, label in enumerate(labels):
        partners = [j for j, other in enumerate(labels) if other == label]
        partners.remove(i)
        if partners:
            order = ranking(vectors, vectors[i])
            scores.append(average_precision(order[order != i].tolist(), partners))
    fail_unless(scores, "labels", "all are different")
    return float(sum(scores) / len(scores))


def skipgram_pairs(ids, window):
    fail_unless(window >= 1, "window", "1 or more")
    ids = np.asarray(ids, dtype=int)
    here = np.arange(len(ids))
    reach = min(window, max(len(ids) - 1, 0))
    shifts = np.array([s for s in range(-reach, reach + 1) if s], dtype=int)
    there = here[:, None] + shifts
    row, column = np.nonzero((there >= 0) & (there < len(ids)))
    return ids[row], ids[there[row, column]]


def valid_counts(counts):
    counts = np.asarray(counts, float)
    fail_unless((counts >= 0).all() and counts.any(), "counts", "not negative, not all zero")
    return counts


def keep_probability(counts, t=1e-3):
    counts = valid_counts(counts)
    fail_unless(t > 0, "t", "above 0")
    f = counts / counts.sum()
    return np.where(f > t, np.sqrt(t) / np.sqrt(np.where(f > 0, f, 1)), 1.0)


def noise_distribution(counts, power=0.75):
    counts = valid_counts(counts)
    fail_unless(power >= 0, "power", "0 or more")
    result = np.zeros_like(counts)
    result[counts > 0] = counts[counts > 0] ** power
    return result / result.sum()


def softplus(s):
    return np.where(s > 0, s, 0) + np.log1p(np.exp(-np.abs(s)))


def logistic(s):
    e = np.exp(-np.abs(s))
    return np.where(s > 0, 1 / (1 + e), e / (1 + e))


def sgns_loss(v, u, noise):
    v, u, noise = two_d(v, "v"), np.asarray(u, float), np.asarray(noise, float)
    fail_unless(u.shape == v.shape, "u", f"shape {v.shape} is needed")
    fits = noise.ndim == 3 and (noise.shape[0], noise.shape[2]) == v.shape
    fail_unless(fits, "noise", f"k vectors for each of {v.shape} are needed")
    a = np.sum(v * u, axis=-1, keepdims=True)
    b = np.sum(v[:, None] * noise, axis=-1, keepdims=True)
    loss = softplus(-a)[:, 0] + softplus(b).sum(axis=(1, 2))
    down, up = -logistic(-a), logistic(b)
    return loss, down * u + (up * noise).sum(axis=1), down * v, up * v[:, None]


def scatter(rows, values, size):
    """Sums of the rows of `values` that belong together, shape (size, d)."""
    return np.stack([np.bincount(rows, column, minlength=size) for column in values.T], axis=1)


def train_skipgram(
    centers, contexts, noise, dim, rng, negatives=5, epochs=1, batch=256, lr=0.05, start=None
):
    noise = np.asarray(noise, float)
    fail_unless((noise >= 0).all() and noise.any(), "noise", "not negative, not all zero")
    size = len(noise)
    i, j = np.asarray(centers), np.asarray(contexts)
    fail_unless(i.shape == j.shape and i.size, "centers and contexts", "pairs are needed")
    for name, ids in (("centers", i), ("contexts", j)):
        fail_unless(((0 <= ids) & (ids < size)).all(), name, "there is no such word")
    for name, value in zip(
        ("dim", "negatives", "epochs", "batch"), (dim, negatives, epochs, batch), strict=True
    ):
        fail_unless(value >= 1, name, "1 or more")
    fail_unless(lr > 0, "lr", "above 0")
    if start is None:
        v, u = rng.uniform(-1 / (2 * dim), 1 / (2 * dim), (size, dim)), np.zeros((size, dim))
    else:
        v, u = np.array(start[0], float), np.array(start[1], float)
        fail_unless(v.shape == u.shape == (size, dim), "start", f"twice {(size, dim)} is needed")
    per_epoch = int(np.ceil(len(i) / batch))
    losses, b = [], 0
    for _ in range(epochs):
        order = np.argsort(rng.random(len(i)))
        total = 0.0
        for part in np.array_split(order[: len(i) // batch * batch], len(i) // batch or 1):
            total += step(
                v, u, i[part], j[part], noise, negatives, rng, lr * (1 - b / per_epoch / epochs)
            )
            b += len(part) > 0
        rest = order[len(i) // batch * batch :]
        if len(rest):
            total += step(
                v, u, i[rest], j[rest], noise, negatives, rng, lr * (1 - b / per_epoch / epochs)
            )
            b += 1
        losses.append(float(total / len(i)))
    return SkipGram(v, u, losses)


def step(v, u, i, j, noise, negatives, rng, rate):
    if not len(i):
        return 0.0
    drawn = rng.choice(len(noise), (len(i), negatives), p=noise / noise.sum())
    loss, dv, du, dnoise = sgns_loss(v[i], u[j], u[drawn])
    v -= rate * scatter(i, dv, len(v))
    u -= rate * scatter(j, du, len(u))
    u -= rate * scatter(drawn.ravel(), dnoise.reshape(-1, u.shape[1]), len(u))
    return loss.sum()


def closest(unit, vocabulary, point, n, without):
    fail_unless(n >= 1, "n", "1 or more")
    cosine = (unit * unit_rows(point[None])).sum(axis=1)
    order = np.lexsort([-cosine])
    left = [int(i) for i in order if i not in without]
    return [(vocabulary[i], float(cosine[i])) for i in left[:n]]


def look_up(vectors, vocabulary, *words):
    unit = unit_rows(two_d(vectors, "vectors"))
    fail_unless(len(vocabulary) == len(unit), "vocabulary", "one word per vector")
    for word in words:
        fail_unless(word in vocabulary, "word", f"{word} is unknown")
    return unit, [list(vocabulary).index(word) for word in words]


def neighbors(vectors, vocabulary, word, n):
    unit, (own,) = look_up(vectors, vocabulary, word)
    return closest(unit, vocabulary, unit[own], n, (own,))


def analogy(vectors, vocabulary, a, b, c, n=1, exclude=True):
    unit, rows = look_up(vectors, vocabulary, a, b, c)
    point = unit[rows[1]] - unit[rows[0]] + unit[rows[2]]
    return closest(unit, vocabulary, point, n, rows if exclude else ())


def analogy_accuracy(vectors, vocabulary, questions, exclude=True):
    marks = []
    for a, b, c, d in questions:
        try:
            look_up(vectors, vocabulary, a, b, c, d)
        except ValueError:
            continue
        marks.append([w for w, _ in analogy(vectors, vocabulary, a, b, c, 1, exclude)] == [d])
    fail_unless(marks, "questions", "no word is known")
    return float(np.mean(marks))


def conditional_affinities(x, perplexity):
    x = two_d(x, "x")
    n = len(x)
    fail_unless(n > 2, "x", "three rows or more")
    fail_unless(1 < perplexity < n - 1, "perplexity", f"above 1 and below {n - 1}")
    result = np.zeros((n, n))
    for i in range(n):
        d2 = np.delete(((x - x[i]) ** 2).sum(axis=1), i)
        result[i, np.arange(n) != i] = row_of(d2 - d2.min(), np.log(perplexity))
    return result


def row_of(d2, wanted):
    """Secant steps for ln β, inside a bracket that shrinks (regula falsi, Illinois)."""

    def excess(log_beta):
        s = np.exp(min(log_beta, 690.0)) * d2
        p = np.exp(-s)
        total = p.sum()
        kept = p > 0
        return np.log(total) + (p[kept] @ s[kept]) / total - wanted, p / total

    unit = -np.log(d2.mean())
    low, high = unit, unit
    while excess(low)[0] < 0:
        low -= 2.0
    while excess(high)[0] > 0:
        high += 2.0
    f_low, f_high = excess(low)[0], excess(high)[0]
    p, side = excess(low)[1], 0
    for _ in range(200):
        if f_low - f_high < 1e-15 or high - low < 1e-14:
            break
        middle = (low * -f_high + high * f_low) / (f_low - f_high)
        f, p = excess(middle)
        if abs(f) < 1e-11:
            break
        if f > 0:
            low, f_low = middle, f
            f_high = f_high / 2 if side == 1 else f_high
            side = 1
        else:
            high, f_high = middle, f
            f_low = f_low / 2 if side == -1 else f_low
            side = -1
    return p


def joint_affinities(conditional):
    p = square(conditional, "conditional")
    return np.add(p, p.transpose()) / (p.shape[0] + p.shape[1])


def similarity(y):
    """w of all pairs, a row at a time."""
    w = np.array([1 / (1 + np.sum((y - point) ** 2, axis=1)) for point in y])
    w[np.arange(len(y)), np.arange(len(y))] = 0
    return w


def divergence(p, w):
    at = np.nonzero(p)
    return float(np.sum(p[at] * (np.log(p[at]) - np.log(w[at]))) + np.log(w.sum()) * p.sum())


def gradient(p, y, w):
    f = p * w - w * w / w.sum()
    laplacian = np.diag(f.sum(axis=1)) - f
    return 4 * laplacian @ y


def tsne_gradient(p, y):
    p, y = square(p, "p"), two_d(y, "y")
    fail_unless(len(p) == len(y), "y", f"{len(p)} rows are needed")
    y = y - y[:1]
    w = similarity(y)
    return divergence(p, w), gradient(p, y, w)


def tsne(p, rng, dim=2, iterations=500, lr=None, exaggeration=12.0, early=100, start=None):
    p = square(p, "p")
    fail_unless(dim >= 1, "dim", "1 or more")
    fail_unless(iterations >= 1, "iterations", "1 or more")
    fail_unless(early >= 0, "early", "0 or more")
    fail_unless(exaggeration > 0, "exaggeration", "above 0")
    rate = lr if lr is not None else max(len(p) / (4.0 * exaggeration), 50.0)
    fail_unless(rate > 0, "lr", "above 0")
    y = 1e-4 * rng.standard_normal((len(p), dim)) if start is None else np.array(start, float)
    fail_unless(y.shape == (len(p), dim), "start", f"shape {(len(p), dim)} is needed")
    last, gain = np.zeros(y.shape), np.ones(y.shape)
    for s in range(iterations):
        begin = s < early
        g = gradient((exaggeration if begin else 1.0) * p, y, similarity(y))
        kept = last * g < 0
        gain = np.where(kept, gain, 0.8 * gain) + 0.2 * kept
        gain[gain < 0.01] = 0.01
        last = last * (0.5 if begin else 0.8) - gain * g * rate
        y = y + last
        y -= y.mean(axis=0)
    return y, divergence(p, similarity(y))


def pagerank(weights, damping=0.85, tol=1e-10):
    weights = square(weights, "weights")
    n = len(weights)
    fail_unless(n and (weights >= 0).all(), "weights", "some, and none negative")
    fail_unless(0 <= damping < 1, "damping", "from 0 to below 1")
    fail_unless(tol > 0, "tol", "above 0")
    rows = weights.sum(axis=1, keepdims=True)
    step = np.divide(weights, rows, out=np.full((n, n), 1 / n), where=rows > 0)
    # The stationary distribution: what the whole matrix leaves as it is, and sums to 1.
    whole = damping * step + (1 - damping) / n
    system = np.vstack([whole.T - np.eye(n), np.ones((1, n))])
    rank = np.linalg.lstsq(system, np.append(np.zeros(n), 1.0), rcond=None)[0]
    for _ in range(3):  # against rounding
        rank = rank @ whole
    return rank / rank.sum()


def graph(lengths, **vertices):
    lengths = square(lengths, "lengths")
    fail_unless((lengths >= 0).all(), "lengths", "none may be negative")
    for name, vertex in vertices.items():
        fail_unless(0 <= vertex < len(lengths), name, "there is no such vertex")
    return np.where(lengths > 0, lengths, np.inf)


def distances(lengths, source):
    edges = graph(lengths, source=source)
    far = np.full(len(edges), np.inf)
    far[source] = 0.0
    for _ in range(len(edges)):
        far = np.minimum(far, (far[:, None] + edges).min(axis=0))
    return far


def shortest_path(lengths, source, target):
    """Back from the target, each time to a vertex from which the last edge makes up the rest."""
    edges = graph(lengths, source=source, target=target)
    far = distances(lengths, source)
    if np.isinf(far[target]):
        return []
    path = [int(target)]
    while path[-1] != source:
        path.append(int(np.argmin(far + edges[:, path[-1]])))
    return path[::-1]
