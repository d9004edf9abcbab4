"""Other algorithms: Jacobi rotations, QR before the SVD, Welford row by row, deques and heaps."""

import heapq
from collections import deque
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure


@dataclass
class PCA:
    components: np.ndarray
    explained_variance: np.ndarray
    explained_variance_ratio: np.ndarray
    mean: np.ndarray


def as_table(x, rows=2, columns=None, name="x"):
    x = np.asarray(x).astype(np.float64)
    if x.ndim != 2 or x.shape[0] < rows or columns not in (None, x.shape[1]):
        raise ValueError(f"{name} has the shape {x.shape}, which cannot be used")
    return x


def need(ok, message):
    if not ok:
        raise ValueError(message)


def center(x):
    x = as_table(x)
    mean = np.einsum("ij->j", x) / x.shape[0]
    return x - mean[None, :], mean


def covariance(x):
    xc, _ = center(x)
    return np.einsum("ni,nj->ij", xc, xc, optimize=True) / (len(xc) - 1)


def jacobi(c, sweeps=30):
    """Eigenvalues and eigenvectors (columns) of a symmetric matrix by rotations of two axes."""
    c, d = c.copy(), len(c)
    v = np.identity(d)
    for _ in range(sweeps):
        if np.abs(c - np.diag(np.diag(c))).max(initial=0.0) <= 1e-17 * np.abs(np.diag(c)).max():
            break
        for p in range(d - 1):
            for q in range(p + 1, d):
                if c[p, q] == 0:
                    continue
                angle = 0.5 * np.arctan2(2 * c[p, q], c[q, q] - c[p, p])
                cos, sin = np.cos(angle), np.sin(angle)
                turn = np.array([[cos, sin], [-sin, cos]])
                pair = [p, q]
                c[:, pair] = c[:, pair] @ turn
                c[pair] = turn.T @ c[pair]
                v[:, pair] = v[:, pair] @ turn
    return np.diag(c).copy(), v


def finish(rows, variance, total, mean):
    pick = np.abs(rows).argmax(axis=1)
    signs = np.copysign(1.0, rows[range(len(rows)), pick])
    variance = np.clip(variance, 0.0, None)
    ratio = np.divide(variance, total, out=np.zeros_like(variance), where=total > 0)
    return PCA(signs[:, None] * rows, variance, ratio, mean)


def pca_eigh(x, k):
    x = as_table(x)
    need(1 <= k <= x.shape[1], f"k must not be {k}")
    c = covariance(x)
    values, vectors = jacobi(c) if len(c) <= 60 else np.linalg.eigh(c)
    order = np.argsort(-values)[:k]
    return finish(vectors[:, order].T, values[order], values.sum(), x.mean(axis=0))


def orthonormal_rows(rows, k):
    """Fill up to k rows from the null space of the rows there are."""
    if len(rows) >= k:
        return rows[:k]
    d = rows.shape[1]
    extra = np.random.default_rng(1).standard_normal((k - len(rows), d))
    for _ in range(2):
        extra = extra - extra @ rows.T @ rows
    return np.vstack([rows, np.linalg.qr(extra.T)[0].T])


def pca_svd(x, k):
    xc, mean = center(x)
    n, d = xc.shape
    need(1 <= k <= d, f"k must not be {k}")
    # A tall table is first reduced to a triangle, a wide one to its transposed triangle.
    if n >= d:
        r = np.linalg.qr(xc, mode="r")
        _, s, vt = np.linalg.svd(r)
    else:
        q, r = np.linalg.qr(xc.T)
        u, s, _ = np.linalg.svd(r)
        vt = (q @ u).T
    variance = np.concatenate([s**2, np.zeros(d - len(s))]) / (n - 1)
    return finish(orthonormal_rows(vt, k), variance[:k], variance.sum(), mean)


def pca_gram(x, k):
    xc, mean = center(x)
    n, d = xc.shape
    need(1 <= k <= d, f"k must not be {k}")
    values, u = np.linalg.eigh(xc @ xc.T)
    values, u = values[::-1], u[:, ::-1]
    rank = int(np.sum(values > 1e-12 * max(values[0], 0)))
    rows = (u[:, :rank] / np.sqrt(values[:rank])).T @ xc
    rows = orthonormal_rows(rows, k)
    variance = np.zeros(d)
    variance[:rank] = values[:rank] / (n - 1)
    return finish(rows, variance[:k], variance.sum(), mean)


def transform(pca, x):
    x = as_table(x, rows=0, columns=pca.mean.size)
    return np.einsum("nd,kd->nk", x - pca.mean, pca.components)


def inverse_transform(pca, z):
    z = as_table(z, rows=0, columns=len(pca.components), name="z")
    return np.einsum("nk,kd->nd", z, pca.components) + pca.mean


def reconstruction_error(pca, x):
    """By Pythagoras: what is not in the scores is lost."""
    x = as_table(x, columns=pca.mean.size)
    z = transform(pca, x)
    return (np.sum((x - pca.mean) ** 2) - np.sum(z**2)) / (len(x) - 1)


def randomized_pca(x, k, oversample, power_iterations, rng):
    """Block Krylov: the directions of all iterations are kept, which needs fewer of them."""
    xc, mean = center(x)
    n, d = xc.shape
    need(1 <= k <= min(n, d), f"k must not be {k}")
    need(oversample >= 0, "oversample must not be negative")
    need(power_iterations >= 0, "power_iterations must not be negative")
    block = np.linalg.qr(xc.T @ rng.normal(size=(n, min(k + oversample, n, d))))[0]
    basis = block
    for _ in range(min(power_iterations, 3)):
        block = xc.T @ (xc @ block)
        block = np.linalg.qr(block - basis @ (basis.T @ block))[0]
        basis = np.linalg.qr(np.hstack([basis, block]))[0]
    for _ in range(max(power_iterations - 3, 0)):
        basis = np.linalg.qr(xc.T @ (xc @ basis))[0]
    u, s, _ = np.linalg.svd((xc @ basis).T, full_matrices=False)
    rows = (basis @ u[:, :k]).T
    return finish(rows, s[:k] ** 2 / (n - 1), np.sum(xc**2) / (n - 1), mean)


class IncrementalPCA:
    """Welford's update, one row after the other."""

    def __init__(self, k):
        need(k >= 1, "k must be positive")
        self._k, self._n, self._mean, self._m2 = k, 0, None, None

    def partial_fit(self, batch):
        batch = as_table(batch, 1, None if self._mean is None else self._mean.size, "batch")
        if self._mean is None:
            d = batch.shape[1]
            need(self._k <= d, f"k must be at most {d}")
            self._mean, self._m2 = np.zeros(d), np.zeros((d, d))
        for row in batch:
            self._n += 1
            before = row - self._mean
            self._mean = self._mean + before / self._n
            self._m2 = self._m2 + np.outer(before, row - self._mean)
        return self

    def result(self):
        need(self._n >= 2, "there must be two rows")
        c = (self._m2 + self._m2.T) / (2 * (self._n - 1))
        values, vectors = np.linalg.eigh(c)
        rows = vectors[:, : -self._k - 1 : -1].T
        return finish(rows, values[: -self._k - 1 : -1], np.trace(c), self._mean.copy())


def cooccurrence(tokens, vocabulary, window):
    need(window >= 1, "window must be positive")
    index = {word: i for i, word in enumerate(vocabulary)}
    counts = np.zeros((len(index), len(index)))
    recent = deque(maxlen=window)
    for token in tokens:
        here = index.get(token)
        if here is not None:
            for there in recent:
                if there is not None:
                    counts[here, there] += 1
                    counts[there, here] += 1
        recent.append(here)
    return counts


def ppmi(counts):
    counts = as_table(counts, rows=0, name="counts")
    need(bool(np.all(counts >= 0)), "counts must not be negative")
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(counts) + np.log(counts.sum())
        logs -= np.log(counts.sum(axis=1))[:, None] + np.log(counts.sum(axis=0))[None, :]
    logs[counts == 0] = 0.0
    return logs.clip(min=0.0)


def word_vectors(counts, k):
    """Scores from inner products: centred on both sides, the eigenvectors are the scores."""
    table = as_table(ppmi(counts), name="counts")
    need(1 <= k <= table.shape[1], f"k must not be {k}")
    inner = table @ table.T
    inner = inner - inner.mean(axis=0) - inner.mean(axis=1)[:, None] + inner.mean()
    values, u = np.linalg.eigh(inner)
    keep = np.argsort(values)[::-1][:k]
    return u[:, keep] * np.sqrt(values[keep].clip(min=0))


def nearest(vectors, vocabulary, word, n):
    need(n >= 1, "n must be positive")
    need(word in vocabulary, f"{word} is not a known word")
    vectors = np.array(vectors, dtype=float)
    vectors /= np.maximum(np.sqrt((vectors**2).sum(axis=1)), 1e-300)[:, None]
    here = vectors[list(vocabulary).index(word)]
    scored = ((float(v @ here), w) for v, w in zip(vectors, vocabulary, strict=True) if w != word)
    return [w for _, w in heapq.nlargest(n, scored)]


def components_for(ratio, threshold):
    need(0 < threshold <= 1, f"threshold {threshold} is not a share")
    number = int(np.searchsorted(np.cumsum(ratio), threshold - 1e-12)) + 1
    need(number <= len(ratio), f"threshold {threshold} is out of reach")
    return number


def plot_variance(pca):
    ratio = pca.explained_variance_ratio
    figure = Figure(figsize=(6, 5))
    axes = figure.add_subplot()
    number = np.arange(1, len(ratio) + 1)
    axes.vlines(number, 0, ratio, lw=4, label="each")
    axes.step([0, *number], [0, *np.cumsum(ratio)], where="post", label="together")
    axes.set(xlabel="component", ylabel="share of the variance")
    axes.legend()
    return figure
