"""One helper that solves on the smaller side; the triangle of a QR as memory; one-hot products."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure


@dataclass(frozen=True)
class PCA:
    components: np.ndarray
    explained_variance: np.ndarray
    explained_variance_ratio: np.ndarray
    mean: np.ndarray


def checked(x, name="x", least=2, columns=None):
    x = np.asarray(x, float)
    if x.ndim != 2:
        raise ValueError(f"{name}: two dimensions, please")
    if len(x) < least:
        raise ValueError(f"{name}: {least} rows, please")
    if columns is not None and columns != x.shape[1]:
        raise ValueError(f"{name}: {columns} columns, please")
    return x


def in_range(name, value, low, high=float("inf")):
    if value < low or value > high:
        raise ValueError(f"{name} is {value}, but must be in [{low}, {high}]")
    return value


def center(x):
    x = checked(x)
    return x - (mean := x.mean(0)), mean


def covariance(x):
    xc, _ = center(x)
    return xc.T @ (xc / (len(xc) - 1))


def principal(xc, k, wide):
    """Squared singular values and right vectors, k of each, from the Gram matrix or the scatter."""
    n, d = xc.shape
    if not wide:
        values, v = np.linalg.eigh(xc.T @ xc)
        return values[-1 : -k - 1 : -1], v[:, -1 : -k - 1 : -1].T
    values, u = np.linalg.eigh(xc @ xc.T)
    values, u = values[::-1], u[:, ::-1]
    long = np.zeros((d, k))
    usable = min(k, n)
    long[:, :usable] = xc.T @ u[:, :usable]
    # Columns of nothing are left to QR, which puts some orthonormal direction there.
    tiny = values[:usable] <= 1e-14 * max(values[0], 0)
    long[:, :usable][:, tiny] = 0
    squares = np.zeros(k)
    squares[:usable] = np.where(tiny, 0, values[:usable])
    return squares, np.linalg.qr(long)[0].T


def package(squares, rows, total, mean, n):
    # Signs: compare the largest entry with the smallest.
    flip = np.where(rows.max(1) >= -rows.min(1), 1.0, -1.0)
    variance = np.maximum(squares, 0) / (n - 1)
    with np.errstate(invalid="ignore"):
        ratio = np.nan_to_num(variance * (n - 1) / np.float64(total))
    return PCA(rows * flip[:, None], variance, ratio, mean)


def pca_eigh(x, k):
    xc, mean = center(x)
    in_range("k", k, 1, xc.shape[1])
    squares, rows = principal(xc, k, wide=False)
    return package(squares, rows, (xc * xc).sum(), mean, len(xc))


def pca_gram(x, k):
    xc, mean = center(x)
    in_range("k", k, 1, xc.shape[1])
    squares, rows = principal(xc, k, wide=True)
    return package(squares, rows, (xc * xc).sum(), mean, len(xc))


def pca_svd(x, k):
    xc, mean = center(x)
    n, d = xc.shape
    in_range("k", k, 1, d)
    if k > n:  # rows of zeros change neither the components nor the singular values
        xc = np.vstack([xc, np.zeros((k - n, d))])
    sigma, vt = np.linalg.svd(xc, full_matrices=False)[1:]
    return package(sigma[:k] ** 2, vt[:k], sigma @ sigma, mean, n)


def transform(pca, x):
    return (checked(x, least=0, columns=len(pca.mean)) - pca.mean) @ np.transpose(pca.components)


def inverse_transform(pca, z):
    return checked(z, "z", 0, len(pca.components)) @ pca.components + pca.mean


def reconstruction_error(pca, x):
    x = checked(x)
    return np.linalg.norm(x - inverse_transform(pca, transform(pca, x))) ** 2 / (len(x) - 1)


def randomized_pca(x, k, oversample, power_iterations, rng):
    xc, mean = center(x)
    in_range("k", k, 1, min(xc.shape))
    in_range("oversample", oversample, 0)
    in_range("power_iterations", power_iterations, 0)
    size = min(k + oversample, *xc.shape)
    q = xc @ rng.uniform(-1, 1, (xc.shape[1], size))
    for _ in range(power_iterations):
        q = np.linalg.qr(q)[0]
        q = xc @ np.linalg.qr(xc.T @ q)[0]
    q = np.linalg.qr(q)[0]
    sigma, vt = np.linalg.svd(q.T @ xc, full_matrices=False)[1:]
    return package(sigma[:k] ** 2, vt[:k], np.vdot(xc, xc), mean, len(xc))


class IncrementalPCA:
    def __init__(self, k):
        self.k = in_range("k", k, 1)
        self.triangle = None

    def partial_fit(self, batch):
        batch = checked(batch, "batch", 1, None if self.triangle is None else len(self.mean))
        if self.triangle is None:
            d = in_range("k", self.k, 1, batch.shape[1]) and batch.shape[1]
            self.triangle, self.n, self.mean = np.zeros((0, d)), 0, np.zeros(d)
        m, mean = len(batch), batch.mean(0)
        between = (mean - self.mean) * np.sqrt(self.n * m / (self.n + m))
        self.triangle = np.linalg.qr(np.vstack([self.triangle, batch - mean, between]), mode="r")
        self.mean = np.average([self.mean, mean], axis=0, weights=[self.n, m])
        self.n += m
        return self

    def result(self):
        if self.triangle is None or self.n < 2:
            raise ValueError("result: two rows, please")
        d = len(self.mean)
        sigma, vt = np.linalg.svd(np.vstack([self.triangle, np.zeros((d, d))]), False)[1:]
        return package(sigma[: self.k] ** 2, vt[: self.k], sigma @ sigma, self.mean.copy(), self.n)


def cooccurrence(tokens, vocabulary, window):
    in_range("window", window, 1)
    one_hot = np.array([[t == w for w in vocabulary] for t in tokens], dtype=float)
    counts = np.zeros((len(vocabulary), len(vocabulary)))
    for step in range(1, window + 1):
        if step < len(tokens):
            counts += one_hot[:-step].T @ one_hot[step:]
    return counts + counts.T


def ppmi(counts):
    counts = checked(counts, "counts", 0)
    if counts.min(initial=0) < 0:
        raise ValueError("counts: none below 0, please")
    joint = counts / (counts.sum() or 1)
    chance = joint.sum(1, keepdims=True) @ joint.sum(0, keepdims=True)
    return np.log(np.fmax(1, np.divide(joint, chance, out=np.ones_like(joint), where=joint > 0)))


def word_vectors(counts, k):
    table = checked(ppmi(counts), "counts")
    in_range("k", k, 1, table.shape[1])
    u, sigma, _ = np.linalg.svd(table - table.mean(0), full_matrices=False)
    return u[:, :k] * sigma[:k]


def nearest(vectors, vocabulary, word, n):
    in_range("n", n, 1)
    names = np.array(vocabulary)
    if not (names == word).any():
        raise ValueError(f"word: {word} is unknown")
    v = np.asarray(vectors, float)
    own = v[names == word][0]
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = v @ own / (np.linalg.norm(v, axis=1) * np.linalg.norm(own))
    cosine = np.nan_to_num(cosine)
    cosine[names == word] = -2
    return [str(w) for w in names[np.argsort(cosine)[::-1]][: min(n, len(names) - 1)]]


def components_for(ratio, threshold):
    if not 0 < threshold <= 1:
        raise ValueError("threshold: a share above 0 and at most 1, please")
    short = int((np.cumsum(ratio) < threshold - 1e-12).sum())
    if short == len(ratio):
        raise ValueError("threshold: too high for these components")
    return short + 1


def plot_variance(pca):
    figure = Figure(layout="tight")
    top, bottom = figure.subplots(2, sharex=True)
    edges = np.arange(len(pca.mean[:0]) + len(pca.explained_variance_ratio) + 1) + 0.5
    top.stairs(pca.explained_variance_ratio, edges, fill=True)
    top.set_ylabel("ratio")
    bottom.scatter(edges[1:] - 0.5, np.cumsum(pca.explained_variance_ratio))
    bottom.set(xlabel="component", ylabel="ratio so far")
    return figure
