"""Plain and explicit: loops where they are clear, a d × d scatter for batches, Halko's scheme."""

from collections import Counter
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np


class PCA(NamedTuple):
    components: np.ndarray
    explained_variance: np.ndarray
    explained_variance_ratio: np.ndarray
    mean: np.ndarray


def check_table(x, least=2):
    array = np.array(x, dtype=float)  # always a copy: nothing of the caller's can be changed
    if array.ndim != 2 or array.shape[0] < least:
        raise ValueError(f"x must be a table with at least {least} rows")
    return array


def check_k(k, largest):
    if k < 1 or k > largest:
        raise ValueError(f"k = {k} is not in 1 .. {largest}")


def center(x):
    x = check_table(x)
    mean = np.add.reduce(x) / len(x)
    x -= mean
    return x, mean


def covariance(x):
    return np.atleast_2d(np.cov(check_table(x), rowvar=False))


def fix_signs(rows):
    rows = rows.copy()
    for row in rows:
        if row[np.argmax(np.abs(row))] < 0:
            row *= -1
    return rows


def make(rows, variance, total, mean):
    variance = np.array([max(v, 0.0) for v in variance])
    ratio = variance / total if total > 0 else np.zeros(len(variance))
    return PCA(fix_signs(rows), variance, ratio, mean)


def pca_eigh(x, k):
    x = check_table(x)
    check_k(k, x.shape[1])
    c = covariance(x)
    values, vectors = np.linalg.eigh(c)
    order = np.argsort(values)[::-1][:k]
    return make(vectors.T[order], values[order], values.sum(), x.mean(axis=0))


def complete(rows, k):
    """Gram-Schmidt on unit vectors until there are k rows."""
    rows = list(rows)
    d = len(rows[0]) if rows else 0
    axis = 0
    while len(rows) < k:
        candidate = np.eye(1, d, axis)[0]
        for _ in range(2):  # twice is enough
            for row in rows:
                candidate = candidate - (candidate @ row) * row
        axis += 1
        if np.linalg.norm(candidate) > 1e-3 / np.sqrt(d):
            rows.append(candidate / np.linalg.norm(candidate))
    return np.array(rows)


def pca_svd(x, k):
    xc, mean = center(x)
    check_k(k, xc.shape[1])
    _, s, vt = np.linalg.svd(xc, full_matrices=False)
    variance = np.zeros(max(k, len(s)))
    variance[: len(s)] = s * s / (len(xc) - 1)
    return make(complete(vt[:k], k), variance[:k], variance.sum(), mean)


def pca_gram(x, k):
    xc, mean = center(x)
    n, d = xc.shape
    check_k(k, d)
    values, vectors = np.linalg.eigh(xc @ xc.T)
    rows, variance = [], np.zeros(k)
    for j in range(min(k, n)):
        value = values[n - 1 - j]
        if value <= 1e-13 * max(values[-1], 1e-300):
            break
        rows.append(vectors[:, n - 1 - j] @ xc / np.sqrt(value))
        variance[j] = value / (n - 1)
    if not rows:
        rows.append(np.eye(1, d)[0])
    return make(complete(rows, k), variance, values.sum() / (n - 1), mean)


def transform(pca, x):
    x = check_table(x, least=0)
    if x.shape[1] != pca.components.shape[1]:
        raise ValueError("x has the wrong number of columns")
    return np.dot(x - pca.mean, pca.components.T)


def inverse_transform(pca, z):
    z = check_table(z, least=0)
    if z.shape[1] != pca.components.shape[0]:
        raise ValueError("z has the wrong number of columns")
    return pca.mean + np.dot(z, pca.components)


def reconstruction_error(pca, x):
    x = check_table(x)
    lost = x - inverse_transform(pca, transform(pca, x))
    return sum(float(row @ row) for row in lost) / (len(x) - 1)


def randomized_pca(x, k, oversample, power_iterations, rng):
    xc, mean = center(x)
    n, d = xc.shape
    check_k(k, min(n, d))
    for name, value in (("oversample", oversample), ("power_iterations", power_iterations)):
        if value < 0:
            raise ValueError(f"{name} must not be negative")
    wide = min(k + oversample, n, d)
    q, _ = np.linalg.qr(xc @ rng.standard_normal((d, wide)))
    for _ in range(power_iterations):
        w, _ = np.linalg.qr(xc.T @ q)
        q, _ = np.linalg.qr(xc @ w)
    _, s, vt = np.linalg.svd(q.T @ xc, full_matrices=False)
    return make(vt[:k], (s**2 / (n - 1))[:k], (xc**2).sum() / (n - 1), mean)


class IncrementalPCA:
    def __init__(self, k):
        if k < 1:
            raise ValueError("k must be at least 1")
        self.k = k
        self.n = 0

    def partial_fit(self, batch):
        batch = check_table(batch, least=1)
        m, d = batch.shape
        if self.n == 0:
            check_k(self.k, d)
            self.mean, self.scatter = np.zeros(d), np.zeros((d, d))
        elif d != len(self.mean):
            raise ValueError("batch has the wrong number of columns")
        mean = batch.mean(axis=0)
        batch = batch - mean
        shift = mean - self.mean
        self.scatter += batch.T @ batch + self.n * m / (self.n + m) * np.outer(shift, shift)
        self.mean = (self.n * self.mean + m * mean) / (self.n + m)
        self.n += m
        return self

    def result(self):
        if self.n < 2:
            raise ValueError("a result needs two rows")
        values, vectors = np.linalg.eigh(self.scatter / (self.n - 1))
        return make(vectors.T[::-1][: self.k], values[::-1][: self.k], values.sum(), self.mean)


def cooccurrence(tokens, vocabulary, window):
    if window < 1:
        raise ValueError("window must be at least 1")
    number = {word: i for i, word in enumerate(vocabulary)}
    pairs = Counter()
    for i, word in enumerate(tokens):
        if word not in number:
            continue
        for other in tokens[i + 1 : i + 1 + window]:
            if other in number:
                pairs[word, other] += 1
    counts = np.zeros((len(number), len(number)))
    for (a, b), times in pairs.items():
        counts[number[a], number[b]] += times
        counts[number[b], number[a]] += times
    return counts


def ppmi(counts):
    counts = check_table(counts, least=0)
    if np.any(counts < 0):
        raise ValueError("counts must not be negative")
    result = np.zeros_like(counts)
    rows, columns, total = counts.sum(axis=1), counts.sum(axis=0), counts.sum()
    for i, j in zip(*np.nonzero(counts), strict=True):
        result[i, j] = max(0.0, np.log(counts[i, j] * total / (rows[i] * columns[j])))
    return result


def word_vectors(counts, k):
    table = ppmi(counts)
    return transform(pca_eigh(table, k), table)


def nearest(vectors, vocabulary, word, n):
    if n < 1:
        raise ValueError("n must be at least 1")
    if word not in vocabulary:
        raise ValueError(f"there is no {word!r} in the vocabulary")
    vectors = np.asarray(vectors, dtype=float)
    own = vectors[list(vocabulary).index(word)]

    def cosine(other):
        lengths = np.linalg.norm(own) * np.linalg.norm(other)
        return own @ other / lengths if lengths > 0 else 0.0

    ranked = sorted(
        ((cosine(v), w) for v, w in zip(vectors, vocabulary, strict=True) if w != word),
        key=lambda pair: -pair[0],
    )
    return [w for _, w in ranked[:n]]


def components_for(ratio, threshold):
    if threshold <= 0 or threshold > 1:
        raise ValueError("threshold must be above 0 and at most 1")
    total = 0.0
    for number, share in enumerate(ratio, start=1):
        total += share
        if total + 1e-12 >= threshold:
            return number
    raise ValueError(f"threshold {threshold} is never reached")


def plot_variance(pca):
    figure, left = plt.subplots()
    number = list(range(1, len(pca.explained_variance) + 1))
    left.bar(number, pca.explained_variance)
    left.set_xlabel("number of the component")
    left.set_ylabel("variance")
    right = left.twinx()
    right.plot(number, 100 * np.cumsum(pca.explained_variance_ratio), "k.-")
    right.set_ylabel("explained together, per cent")
    return figure
