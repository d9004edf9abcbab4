"""Small functions put together: generators, reduce, and views of blocks."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product
from math import inf
from operator import add
from timeit import default_timer

import numpy as np


def matrices(a, b):
    a, b = map(np.asarray, (a, b))
    match a.shape, b.shape:
        case (n, k), (l, p) if k == l:
            return a, b, (n, k, p), np.result_type(a, b)
    raise ValueError(f"a and b: shapes {a.shape} and {b.shape} have no product")


def natural(value, name):
    if not value >= 1:
        raise ValueError(f"`{name}` must be a positive integer")
    return value


def cuts(length, step):
    return [slice(start, min(start + step, length)) for start in range(0, length, step)]


def matmul_naive(a, b):
    a, b, (n, k, p), dtype = matrices(a, b)
    c = np.zeros((n, p), dtype)
    for i, j, m in product(range(n), range(p), range(k)):
        c[i, j] = c[i, j] + a[i, m] * b[m, j]
    return c


def matmul_outer(a, b):
    a, b, (n, k, p), dtype = matrices(a, b)
    terms = (a[:, m : m + 1] * b[m] for m in range(k))
    return reduce(add, terms, np.zeros((n, p), dtype))


def matmul_blocked(a, b, block=64):
    a, b, (n, k, p), dtype = matrices(a, b)
    inner = cuts(k, natural(block, "block"))

    def tile(rows, columns):
        start = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype)
        return reduce(add, (a[rows, m] @ b[m, columns] for m in inner), start)

    c = np.empty((n, p), dtype)
    for rows, columns in product(cuts(n, block), cuts(p, block)):
        c[rows, columns] = tile(rows, columns)
    return c


def matmul_strassen(a, b, leaf=64):
    a, b, (n, k, p), dtype = matrices(a, b)
    natural(leaf, "leaf")
    if min(n, k, p) <= leaf:
        return (a @ b).astype(dtype, copy=False)
    times = partial(matmul_strassen, leaf=leaf)
    left, right = quarters(a.astype(dtype)), quarters(b.astype(dtype))
    (a, b), (c, d), (e, f), (g, h) = *left, *right
    p1, p2, p3, p4 = times(a, f - h), times(a + b, h), times(c + d, e), times(d, g - e)
    p5, p6, p7 = times(a + d, e + h), times(b - d, g + h), times(a - c, e + f)
    return np.block([[p5 + p4 - p2 + p6, p1 + p2], [p3 + p4, p1 + p5 - p3 - p7]])[:n, :p]


def quarters(x):
    rows, columns = (-(-side // 2) for side in x.shape)
    padded = np.zeros((2 * rows, 2 * columns), x.dtype)
    padded[: x.shape[0], : x.shape[1]] = x
    return padded.reshape(2, rows, 2, columns).swapaxes(1, 2)


def strassen_flops(n, leaf):
    natural(leaf, "leaf")
    if n < 0:
        raise ValueError("`n` must not be negative")
    levels = 0
    while -(-n // 2**levels) > leaf:
        levels += 1
    return 7**levels * (-(-n // 2**levels)) ** 3


class CSRMatrix:
    def __init__(self, data, indices, indptr, shape):
        self.data, self.indices, self.indptr = map(np.asarray, (data, indices, indptr))
        self.shape = tuple(map(int, shape))

    @classmethod
    def from_entries(cls, rows, columns, values, shape):
        order = np.lexsort((columns, rows))
        indptr = np.searchsorted(rows[order], np.arange(shape[0] + 1))
        return cls(values[order], columns[order], indptr, shape)

    @classmethod
    def from_dense(cls, a):
        a = np.asarray(a)
        if a.ndim != 2:
            raise ValueError("a must have two axes")
        rows, columns = np.nonzero(a)
        return cls.from_entries(rows, columns, a[rows, columns], a.shape)

    nnz = property(lambda self: self.data.shape[0])
    rows = property(lambda self: np.repeat(np.arange(self.shape[0]), np.diff(self.indptr)))

    def to_dense(self):
        dense = np.zeros(self.shape, self.data.dtype)
        dense[self.rows, self.indices] = self.data
        return dense

    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError(f"x must have length {self.shape[1]}")
        return self.matmul(x[:, None])[:, 0]

    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or b.shape[0] != self.shape[1]:
            raise ValueError(f"b must have {self.shape[1]} rows")
        c = np.zeros((self.shape[0], b.shape[1]), np.result_type(self.data, b))
        filled = np.flatnonzero(np.diff(self.indptr))
        if filled.size:
            for columns in cuts(b.shape[1], 64):
                terms = self.data[:, None] * b[self.indices, columns]
                c[filled, columns] = np.add.reduceat(terms, self.indptr[filled], axis=0)
        return c

    def transpose(self):
        return CSRMatrix.from_entries(self.indices, self.rows, self.data, self.shape[::-1])


def matmul_parallel(a, b, workers):
    a, b, (n, _, p), dtype = matrices(a, b)
    panels = cuts(n, -(-n // natural(workers, "workers")) or 1)
    c = np.zeros((n, p), dtype)
    with ThreadPoolExecutor(workers) as pool:
        for rows, panel in zip(panels, pool.map(lambda rows: a[rows] @ b, panels), strict=True):
            c[rows] = panel
    return c


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    n: int
    seconds: float
    gflops: float
    ratio_to_numpy: float


def seconds_of(call, repeats=3):
    def once():
        start = default_timer()
        call()
        return default_timer() - start

    once()
    return float(np.median([once() for _ in range(repeats)]))


def benchmark(functions, sizes, repeats, rng):
    natural(repeats, "repeats")
    if not isinstance(functions, Mapping):
        functions = {f.__name__: f for f in functions}
    pairs = {n: (rng.standard_normal((n, n)), rng.standard_normal((n, n))) for n in sizes}
    base = {n: seconds_of(partial(np.matmul, *pair), repeats) for n, pair in pairs.items()}
    times = {
        (name, n): seconds_of(partial(f, *pairs[n]), repeats)
        for (name, f), n in product(functions.items(), pairs)
    }
    return [Row(name, n, s, 2 * n**3 / (s * 1e9), s / base[n]) for (name, n), s in times.items()]


def crossover_density(n, densities, rng):
    densities = sorted(float(d) for d in densities)
    if densities and not 0 <= densities[0] <= densities[-1] <= 1:
        raise ValueError("`densities` must be between 0 and 1")

    def pays(density):
        a = np.where(rng.random((n, n)) < density, rng.standard_normal((n, n)), 0.0)
        b = rng.standard_normal((n, n))
        sparse = CSRMatrix.from_dense(a)
        return seconds_of(partial(sparse.matmul, b)) < seconds_of(partial(np.matmul, a, b))

    return next((density for density in densities if not pays(density)), inf)
