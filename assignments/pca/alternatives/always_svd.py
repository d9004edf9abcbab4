"""The SVD for all but q2, the textbook's sketch, a short table as state, pairs in a Counter."""

import math
from collections import Counter
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np


class PCA(SimpleNamespace):
    """Whatever fields it is given."""

    def __init__(self, components, explained_variance, explained_variance_ratio, mean):
        super().__init__(
            components=components,
            explained_variance=explained_variance,
            explained_variance_ratio=explained_variance_ratio,
            mean=mean,
        )


def numbers(x, name="x", at_least=2):
    array = np.array(x, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"{name} needs two axes, it has {array.ndim}")
    if array.shape[0] < at_least:
        raise ValueError(f"{name} needs {at_least} rows or more")
    return array


def positive(**named):
    for name, (value, most) in named.items():
        if not 1 <= value <= most:
            raise ValueError(f"{name} = {value} is not from 1 to {most}")


def center(x):
    x = numbers(x)
    mean = np.add.reduce(x) / len(x)
    x -= mean
    return x, mean


def covariance(x):
    xc, _ = center(x)
    return np.dot(xc.T, xc) / (xc.shape[0] - 1)


def upright(rows):
    rows = np.array(rows)
    for row in rows:
        if row[np.argmax(np.round(np.abs(row) / max(np.abs(row).max(), 1e-300), 11))] < 0:
            row *= -1
    return rows


def completed(rows, k, d):
    """Orthonormal rows, k of them: `rows`, then what the full QR adds to them."""
    rows = np.reshape(rows, (-1, d))[:k]
    if len(rows) == k:
        return rows
    basis, _ = np.linalg.qr(np.vstack([rows, np.random.default_rng(0).standard_normal((k, d))]).T)
    return np.vstack([rows, basis.T[len(rows) : k]])


def packed(sigma, vt, k, rows, total, mean):
    """A PCA from singular values and right singular vectors; those that are 0 are replaced."""
    d = len(mean)
    sigma, vt = sigma[:k], vt[:k]
    real = sigma > sigma.max(initial=0.0) * 1e-13
    components = completed(vt[: int(real.sum())], k, d)
    variance = np.zeros(k)
    variance[: len(sigma)] = np.where(real, sigma, 0) ** 2 / (rows - 1)
    ratio = variance / total if total else variance * 0
    return PCA(upright(components), variance, ratio, mean)


def pca_eigh(x, k):
    x = numbers(x)
    positive(k=(k, x.shape[1]))
    c = covariance(x)
    values, vectors = np.linalg.eigh(c)
    order = np.argsort(values)[::-1][:k]
    variance = np.clip(values[order], 0, None)
    total = c.trace()
    ratio = variance / total if total > 0 else np.zeros(k)
    return PCA(upright(vectors[:, order].T), variance, ratio, x.mean(axis=0))


def pca_svd(x, k):
    xc, mean = center(x)
    positive(k=(k, len(mean)))
    _, sigma, vt = np.linalg.svd(xc, full_matrices=False)
    return packed(sigma, vt, k, len(xc), (sigma**2).sum() / (len(xc) - 1), mean)


def pca_gram(x, k):
    xc, mean = center(x)
    n, d = xc.shape
    positive(k=(k, d))
    u, squares, _ = np.linalg.svd(xc @ xc.T, hermitian=True)
    sigma = np.sqrt(squares)
    kept = sigma > sigma[0] * 1e-7 if sigma[0] > 0 else np.zeros(n, dtype=bool)
    # Short directions have lost half of their digits: QR makes them orthogonal to the longer ones.
    q, _ = np.linalg.qr((u[:, kept].T @ xc).T)
    return packed(sigma[kept], q.T, k, n, squares.sum() / (n - 1), mean)


def columns(pca, x, name="x", at_least=0):
    x = numbers(x, name, at_least)
    if x.shape[1] != pca.components.shape[1]:
        raise ValueError(f"{name} has {x.shape[1]} columns, not {pca.components.shape[1]}")
    return x - pca.mean


def transform(pca, x):
    return columns(pca, x) @ pca.components.T


def inverse_transform(pca, z):
    z = numbers(z, "z", 0)
    if z.shape[1] != pca.components.shape[0]:
        raise ValueError("z: one column for each component")
    return pca.mean + z @ pca.components


def reconstruction_error(pca, x):
    xc = columns(pca, x, at_least=2)
    rest = xc - (xc @ pca.components.T) @ pca.components
    return float(np.linalg.norm(rest, "fro") ** 2 / (len(xc) - 1))


def randomized_pca(x, k, oversample, power_iterations, rng):
    xc, mean = center(x)
    n, d = xc.shape
    positive(k=(k, min(n, d)))
    if oversample < 0 or power_iterations < 0:
        raise ValueError("oversample and power_iterations must not be negative")
    z, _ = np.linalg.qr(rng.standard_normal((d, min(k + oversample, n, d))))
    for _ in range(power_iterations + 1):
        q, _ = np.linalg.qr(xc @ z)
        z, _ = np.linalg.qr(xc.T @ q)
    q, _ = np.linalg.qr(xc @ z)
    _, sigma, vt = np.linalg.svd(q.T @ xc, full_matrices=False)
    return packed(sigma, vt, k, n, float((xc**2).sum()) / (n - 1), mean)


class IncrementalPCA:
    def __init__(self, k):
        if k < 1:
            raise ValueError("k: at least one component")
        self.k, self.rows, self.total = k, 0, 0.0

    def partial_fit(self, batch):
        batch = numbers(batch, "batch", 1)
        m, d = batch.shape
        if self.rows == 0:
            positive(k=(self.k, d))
            self.mean, self.state = np.zeros(d), np.zeros((0, d))
        if d != len(self.mean):
            raise ValueError("batch: another number of columns than before")
        own = batch.mean(axis=0)
        together = self.rows + m
        jump = math.sqrt(self.rows * m / together) * (own - self.mean)
        new = np.vstack([batch - own, jump])
        self.total += float((new**2).sum())
        _, sigma, vt = np.linalg.svd(np.vstack([self.state, new]), full_matrices=False)
        self.state = sigma[: self.k, None] * vt[: self.k]
        self.mean = (self.rows * self.mean + m * own) / together
        self.rows = together
        return self

    def result(self):
        if self.rows < 2:
            raise ValueError("two rows at least")
        sigma = np.linalg.norm(self.state, axis=1)
        vt = self.state / np.where(sigma > 0, sigma, 1)[:, None]
        total = self.total / (self.rows - 1)
        return packed(sigma, vt, self.k, self.rows, total, self.mean.copy())


def cooccurrence(tokens, vocabulary, window):
    if window < 1:
        raise ValueError("window: at least 1")
    tokens, place = list(tokens), {word: i for i, word in enumerate(vocabulary)}
    table = np.zeros((len(place), len(place)))
    for distance in range(1, window + 1):
        if distance >= len(tokens):
            break
        for (a, b), count in Counter(zip(tokens, tokens[distance:])).items():
            if a in place and b in place:
                table[place[a], place[b]] += count
                table[place[b], place[a]] += count
    return table


def ppmi(counts):
    counts = numbers(counts, "counts", 0)
    if np.any(counts < 0):
        raise ValueError("counts: nothing below 0")
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.outer(counts.sum(1), counts.sum(0)) / counts.sum()
        surprise = np.log(counts / chance)
    return np.where(counts > 0, np.maximum(surprise, 0), 0)


def word_vectors(counts, k):
    table, _ = center(ppmi(counts))
    positive(k=(k, table.shape[1]))
    vt = np.linalg.svd(table, full_matrices=False)[2]
    return table @ upright(vt[:k]).T


def nearest(vectors, vocabulary, word, n):
    if n < 1:
        raise ValueError("n: at least one word")
    rows = {w: np.asarray(v, dtype=float) for w, v in zip(vocabulary, vectors)}
    if word not in rows:
        raise ValueError(f"{word!r} is unknown")

    def cosine(other):
        lengths = np.linalg.norm(rows[word]) * np.linalg.norm(rows[other])
        return float(rows[word] @ rows[other] / lengths) if lengths else 0.0

    return sorted((w for w in rows if w != word), key=cosine, reverse=True)[:n]


def components_for(ratio, threshold):
    if not (threshold > 0 and threshold <= 1):
        raise ValueError(f"threshold {threshold} is no share")
    total = 0.0
    for number, share in enumerate(ratio, 1):
        total += float(share)
        if total > threshold - 1e-12:
            return number
    raise ValueError(f"threshold {threshold}: all together give {total}")


def plot_variance(pca):
    figure, axes = plt.subplots()
    numbers_ = range(1, len(pca.explained_variance_ratio) + 1)
    axes.plot(numbers_, pca.explained_variance_ratio, "s-", label="each")
    axes.plot(numbers_, np.cumsum(pca.explained_variance_ratio), "o--", label="together")
    axes.set_xlabel("number of the component")
    axes.set_ylabel("share of the variance")
    axes.legend()
    plt.close(figure)
    return figure
