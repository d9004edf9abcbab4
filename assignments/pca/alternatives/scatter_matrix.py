"""The scatter matrix for whatever it fits, words as sets of positions."""

import heapq
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


@dataclass
class PCA:
    components: np.ndarray
    explained_variance: np.ndarray
    explained_variance_ratio: np.ndarray
    mean: np.ndarray


class Rows:
    """A table: its rows, their mean, and the rows around it."""

    def __init__(self, x, name="x", least=2):
        self.x = np.asarray(x, dtype=float)
        if self.x.ndim != 2 or len(self.x) < least:
            raise ValueError(f"{name}: a table with at least {least} rows is needed")
        self.n, self.d = self.x.shape
        if least:
            self.mean = self.x.mean(axis=0)
            self.xc = self.x - self.mean

    def take(self, k, most=None):
        most = self.d if most is None else most
        if k < 1 or k > most:
            raise ValueError(f"k: {k} components of {most}")
        return k


def center(x):
    table = Rows(x)
    return table.xc, table.mean


def covariance(x):
    table = Rows(x)
    return np.tensordot(table.xc, table.xc, axes=(0, 0)) / (table.n - 1)


def finished(scatter, vectors, rows, mean, k):
    """PCA from a scatter matrix (d, d) and its eigenvectors as columns, best first."""
    vectors = vectors[:, :k]
    strength = np.einsum("ij,ij->j", vectors, scatter @ vectors)
    variance = np.maximum(strength, 0) / (rows - 1)
    return sealed(vectors.T, variance, np.trace(scatter), rows, mean)


def sealed(components, variance, total, rows, mean):
    total = total / (rows - 1)
    components = components.copy()
    for j, row in enumerate(components):
        top = np.abs(row).max()
        first = next(i for i, value in enumerate(row) if abs(value) > top - 1e-12)
        if row[first] < 0:
            components[j] = -row
    ratio = np.array([v / total if total > 0 else 0.0 for v in variance])
    return PCA(components, np.asarray(variance, dtype=float), ratio, mean)


def pca_eigh(x, k):
    table = Rows(x)
    table.take(k)
    scatter = table.xc.T @ table.xc
    values, vectors = np.linalg.eigh((scatter + scatter.T) / 2)
    return finished(scatter, vectors[:, np.argsort(-values, kind="stable")], table.n, table.mean, k)


def extended(found, k):
    """Columns made orthonormal one after another, and unit vectors where there are too few."""
    d = found.shape[1]
    basis = np.zeros((k, d))
    count = 0

    def add(row):
        nonlocal count
        if count == k:
            return
        for _ in range(2):  # twice is enough
            row = row - basis[:count].T @ (basis[:count] @ row)
        length = np.linalg.norm(row)
        if length > 1e-8:
            basis[count] = row / length
            count += 1

    for row in found:
        length = np.linalg.norm(row)
        if length > 0:
            add(row / length)
    for i in range(d):
        if count < k:
            add(np.eye(1, d, i)[0])
    return basis


def pca_svd(x, k):
    table = Rows(x)
    table.take(k)
    sigma, vt = np.linalg.svd(table.xc, full_matrices=False)[1:]
    variance = np.concatenate([sigma**2, np.zeros(table.d)])[:k] / (table.n - 1)
    found = vt[sigma > 1e-12 * max(sigma[0], 1e-300)]
    return sealed(extended(found[:k], k), variance, (sigma**2).sum(), table.n, table.mean)


def pca_gram(x, k):
    table = Rows(x)
    table.take(k)
    gram = table.xc @ table.xc.T
    values, u = np.linalg.eigh(gram)
    values, u = np.maximum(values[::-1], 0), u[:, ::-1]
    kept = values > 1e-13 * values[0]
    found = (table.xc.T @ u[:, kept]).T
    variance = np.concatenate([values, np.zeros(table.d)])[:k] / (table.n - 1)
    return sealed(extended(found[:k], k), variance, values.sum(), table.n, table.mean)


def transform(pca, x):
    table = Rows(x, least=0)
    if table.d != pca.mean.shape[0]:
        raise ValueError("x: the number of columns is wrong")
    return np.stack([(table.x - pca.mean) @ v for v in pca.components], axis=1)


def inverse_transform(pca, z):
    z = Rows(z, "z", least=0).x
    if z.shape[1] != len(pca.components):
        raise ValueError("z: the number of columns is wrong")
    x = np.tile(pca.mean, (len(z), 1))
    for j, v in enumerate(pca.components):
        x += np.outer(z[:, j], v)
    return x


def reconstruction_error(pca, x):
    x = Rows(x).x
    lost = x - inverse_transform(pca, transform(pca, x))
    return float(np.square(lost).sum()) / (len(x) - 1)


def randomized_pca(x, k, oversample, power_iterations, rng):
    table = Rows(x)
    table.take(k, min(table.n, table.d))
    if min(oversample, power_iterations) < 0:
        raise ValueError("oversample, power_iterations: at least 0")
    size = min(k + oversample, table.n, table.d)
    z = rng.normal(size=(table.d, size))
    for _ in range(1 + power_iterations):
        z = np.linalg.qr(table.xc.T @ (table.xc @ z))[0]
    seen = table.xc @ z
    _, sigma, wt = np.linalg.svd(seen, full_matrices=False)
    components = extended((z @ wt.T).T[:k], k)
    variance = sigma[:k] ** 2 / (table.n - 1)
    return sealed(
        components, variance, np.einsum("ij,ij->", table.xc, table.xc), table.n, table.mean
    )


class IncrementalPCA:
    def __init__(self, k):
        if not k >= 1:
            raise ValueError("k: at least 1")
        self.k = k
        self.n = 0

    def partial_fit(self, batch):
        new = Rows(batch, "batch", least=1)
        if self.n == 0:
            new.take(self.k)
            self.mean, self.scatter = np.zeros(new.d), np.zeros((new.d, new.d))
        elif new.d != len(self.mean):
            raise ValueError("batch: the number of columns has changed")
        step = new.mean - self.mean
        both = self.n + new.n
        self.scatter = (
            self.scatter + new.xc.T @ new.xc + self.n * new.n / both * np.outer(step, step)
        )
        self.mean = self.mean + step * (new.n / both)
        self.n = both
        return self

    def result(self):
        if self.n < 2:
            raise ValueError("result: fewer than two rows so far")
        vectors = np.linalg.eigh(self.scatter)[1][:, ::-1]
        return finished(self.scatter, vectors, self.n, self.mean, self.k)


def cooccurrence(tokens, vocabulary, window):
    if not window >= 1:
        raise ValueError("window: 1 or more")
    number = {word: i for i, word in enumerate(vocabulary)}
    ids = [number.get(token) for token in tokens]
    pairs = defaultdict(int)
    for i, a in enumerate(ids):
        if a is None:
            continue
        for b in ids[i + 1 : i + 1 + window]:
            if b is not None:
                pairs[a, b] += 1
                pairs[b, a] += 1
    counts = np.zeros((len(number), len(number)))
    for (a, b), count in pairs.items():
        counts[a, b] = count
    return counts


def ppmi(counts):
    counts = np.array(Rows(counts, "counts", least=0).x)
    if counts.size and counts.min() < 0:
        raise ValueError("counts: none may be negative")
    result = np.zeros(counts.shape)
    rows, columns = np.nonzero(counts)
    some = counts[rows, columns]
    expected = counts.sum(axis=1)[rows] * (counts.sum(axis=0)[columns] / counts.sum())
    result[rows, columns] = np.maximum(0.0, np.log(some) - np.log(expected))
    return result


def word_vectors(counts, k):
    table = Rows(ppmi(counts), "counts")
    table.take(k)
    _, vectors = np.linalg.eigh(table.xc.T @ table.xc)
    return table.xc @ np.fliplr(vectors)[:, :k]


def nearest(vectors, vocabulary, word, n):
    vocabulary = list(vocabulary)
    if word not in vocabulary or n < 1:
        raise ValueError(f"word {word!r} is not known, or n = {n} is below 1")
    vectors = np.asarray(vectors, dtype=float)
    lengths = np.sqrt((vectors**2).sum(axis=1))
    unit = np.divide(
        vectors, lengths[:, None], out=np.zeros_like(vectors), where=lengths[:, None] > 0
    )
    own = vocabulary.index(word)
    cosines = unit @ unit[own]
    others = (i for i in range(len(vocabulary)) if i != own)
    return [vocabulary[i] for i in heapq.nlargest(n, others, key=cosines.__getitem__)]


def components_for(ratio, threshold):
    if threshold <= 0 or threshold > 1:
        raise ValueError(f"threshold: {threshold}")
    together = np.add.accumulate(np.asarray(ratio, dtype=float))
    number = int(np.searchsorted(together, threshold - 1e-12))
    if number == len(together):
        raise ValueError(f"threshold: {threshold} is beyond the sum of all ratios")
    return number + 1


def plot_variance(pca):
    figure = Figure(layout="constrained")
    FigureCanvasAgg(figure)
    ratio = np.asarray(pca.explained_variance_ratio)
    upper, lower = figure.subplots(2, 1, sharex=True)
    places = np.arange(1, ratio.size + 1)
    upper.bar(places, 100 * ratio)
    upper.set(xlabel="component", ylabel="per cent of the variance")
    lower.step(places, 100 * ratio.cumsum(), where="mid")
    lower.set(xlabel="component", ylabel="per cent, together")
    return figure
