"""Winograd's form of Strassen (15 additions), sums by row as differences of a running total."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np


def check(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"a and b must be 2-D and fit, but have shapes {a.shape} and {b.shape}")
    return a, b


def positive(**arguments):
    for name, value in arguments.items():
        if value < 1:
            raise ValueError(f"{name} should be >= 1, got {value}")


def matmul_naive(a, b):
    a, b = check(a, b)
    result = np.empty((len(a), b.shape[1]), dtype=np.result_type(a, b))
    for i, row in enumerate(a):
        for j, column in enumerate(b.T):
            result[i, j] = sum(x * y for x, y in zip(row, column, strict=True))
    return result


def matmul_outer(a, b):
    a, b = check(a, b)
    result = np.zeros((len(a), b.shape[1]), dtype=np.result_type(a, b))
    for m in range(len(b)):
        result += np.multiply.outer(a[:, m], b[m])
    return result


def matmul_blocked(a, b, block=64):
    a, b = check(a, b)
    positive(block=block)
    (n, k), p = a.shape, b.shape[1]
    result = np.zeros((n, p), dtype=np.result_type(a, b))
    for m in range(0, k, block):
        for i in range(0, n, block):
            left = a[i : i + block, m : m + block]
            for j in range(0, p, block):
                result[i : i + block, j : j + block] += left @ b[m : m + block, j : j + block]
    return result


def matmul_strassen(a, b, leaf=64):
    a, b = check(a, b)
    positive(leaf=leaf)
    (n, k), p = a.shape, b.shape[1]
    dtype = np.result_type(a, b)
    if min(n, k, p) <= leaf:
        return np.asarray(a @ b, dtype=dtype)
    h, i, j = (n + 1) // 2, (k + 1) // 2, (p + 1) // 2
    left, right = np.zeros((2 * h, 2 * i), dtype), np.zeros((2 * i, 2 * j), dtype)
    left[:n, :k], right[:k, :p] = a, b
    a11, a12, a21, a22 = left[:h, :i], left[:h, i:], left[h:, :i], left[h:, i:]
    b11, b12, b21, b22 = right[:i, :j], right[:i, j:], right[i:, :j], right[i:, j:]
    s1 = a21 + a22
    s2 = s1 - a11
    t1 = b12 - b11
    t2 = b22 - t1
    p1, p2 = matmul_strassen(a11, b11, leaf), matmul_strassen(a12, b21, leaf)
    p3, p4 = matmul_strassen(a12 - s2, b22, leaf), matmul_strassen(a22, t2 - b21, leaf)
    p5, p6 = matmul_strassen(s1, t1, leaf), matmul_strassen(s2, t2, leaf)
    u2 = p1 + p6
    u3 = u2 + matmul_strassen(a11 - a21, b22 - b12, leaf)
    result = np.zeros((2 * h, 2 * j), dtype)
    result[:h, :j], result[:h, j:] = p1 + p2, u2 + p5 + p3
    result[h:, :j], result[h:, j:] = u3 - p4, u3 + p5
    return result[:n, :p]


def strassen_flops(n, leaf):
    positive(leaf=leaf)
    if n < 0:
        raise ValueError("n is negative")
    sevens = 1
    while n > leaf:
        n, sevens = -(-n // 2), 7 * sevens
    return sevens * n**3


class CSRMatrix:
    def __init__(self, data, indices, indptr, shape):
        self.data, self.indices, self.indptr, self.shape = data, indices, indptr, shape

    @classmethod
    def from_dense(cls, a):
        a = np.asarray(a)
        if a.ndim != 2:
            raise ValueError("a is not a matrix")
        stored = a != 0
        indptr = np.zeros(len(a) + 1, dtype=int)
        np.cumsum(np.count_nonzero(stored, axis=1), out=indptr[1:])
        return cls(a[stored], np.nonzero(stored)[1], indptr, a.shape)

    @property
    def nnz(self):
        return int(self.indptr[-1])

    def _row_of_entry(self):
        return np.searchsorted(self.indptr, np.arange(self.nnz), side="right") - 1

    def to_dense(self):
        dense = np.zeros(self.shape, self.data.dtype)
        dense[self._row_of_entry(), self.indices] = self.data
        return dense

    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != (self.shape[1],):
            raise ValueError("x has the wrong length")
        total = np.zeros(len(self.data) + 1, np.result_type(self.data, x))
        np.cumsum(self.data * x[self.indices], out=total[1:])
        return np.diff(total[self.indptr])

    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or b.shape[0] != self.shape[1]:
            raise ValueError("b has the wrong shape")
        out = np.zeros((self.shape[0], b.shape[1]), np.result_type(self.data, b))
        for i in range(self.shape[0]):
            for t in range(self.indptr[i], self.indptr[i + 1]):
                out[i] += self.data[t] * b[self.indices[t]]
        return out

    def transpose(self):
        n, m = self.shape
        order = np.argsort(self.indices, kind="stable")
        indptr = np.searchsorted(self.indices[order], np.arange(m + 1))
        return CSRMatrix(self.data[order], self._row_of_entry()[order], indptr, (m, n))


def matmul_parallel(a, b, workers):
    a, b = check(a, b)
    positive(workers=workers)
    edges = np.linspace(0, len(a), workers + 1).astype(int)
    result = np.zeros((len(a), b.shape[1]), dtype=np.result_type(a, b))

    def panel(start, stop):
        result[start:stop] = a[start:stop] @ b

    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(panel, *e) for e in pairwise(edges)]
        for future in futures:
            future.result()
    return result


class Row(NamedTuple):
    name: str
    n: int
    seconds: float
    gflops: float
    ratio_to_numpy: float


def timed(call, repeats):
    call()
    times = []
    for _ in range(repeats):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return median(times)


def benchmark(functions, sizes, repeats, rng):
    positive(repeats=repeats)
    if isinstance(functions, dict):
        named = list(functions.items())
    else:
        named = [(f.__name__, f) for f in functions]
    table = []
    for n in sizes:
        a, b = rng.standard_normal((n, n)), rng.standard_normal((n, n))
        base = timed(lambda: a @ b, repeats)
        for name, f in named:
            t = timed(lambda: f(a, b), repeats)
            table.append(Row(name, n, t, 2 * n**3 / t / 1e9, t / base))
    return table


def crossover_density(n, densities, rng):
    densities = sorted(densities)
    if not all(0 <= d <= 1 for d in densities):
        raise ValueError("densities have to be in [0, 1]")
    for d in densities:
        a, b = rng.standard_normal((n, n)), rng.standard_normal((n, n))
        a[rng.random((n, n)) >= d] = 0
        s = CSRMatrix.from_dense(a)
        if timed(lambda: s.matmul(b), 3) >= timed(lambda: a @ b, 3):
            return d
    return float("inf")
