"""Sums by row with np.bincount, tiles as one batched product per block of rows, dtypes up front."""

import concurrent.futures
import time
from dataclasses import dataclass

import numpy as np


def _prepare(a, b):
    """Both matrices in the dtype of the result."""
    a, b = np.asarray(a), np.asarray(b)
    for label, matrix in {"a": a, "b": b}.items():
        if matrix.ndim != 2:
            raise ValueError(f"{label}: expected a matrix, got {matrix.ndim} axes")
    if a.shape[1] != b.shape[0]:
        raise ValueError(f"a has {a.shape[1]} columns but b has {b.shape[0]} rows")
    dtype = np.result_type(a, b)
    return a.astype(dtype), b.astype(dtype)


def matmul_naive(a, b):
    a, b = _prepare(a, b)
    rows, columns, inner = range(a.shape[0]), range(b.shape[1]), range(a.shape[1])
    c = np.zeros((len(rows), len(columns)), a.dtype)
    for i in rows:
        for j in columns:
            entry = 0
            for k in inner:
                entry = entry + a[i, k] * b[k, j]
            c[i, j] = entry
    return c


def matmul_outer(a, b):
    a, b = _prepare(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), a.dtype)
    buffer = np.empty_like(c)
    for k in range(a.shape[1]):
        np.multiply(a[:, k : k + 1], b[k : k + 1, :], out=buffer)
        np.add(c, buffer, out=c)
    return c


def matmul_blocked(a, b, block=64):
    a, b = _prepare(a, b)
    if block <= 0:
        raise ValueError(f"block={block} is not positive")
    c = np.empty((a.shape[0], b.shape[1]), a.dtype)
    for top in range(0, c.shape[0], block):
        for left in range(0, c.shape[1], block):
            rows, columns = slice(top, top + block), slice(left, left + block)
            # a panel of rows times a panel of columns, piece by piece along the inner side
            total = 0
            for k in range(0, a.shape[1], block):
                total = total + a[rows, k : k + block] @ b[k : k + block, columns]
            c[rows, columns] = total
    return c


def matmul_strassen(a, b, leaf=64):
    if leaf < 1:
        raise ValueError("leaf is less than 1")
    a, b = _prepare(a, b)
    n, p = a.shape[0], b.shape[1]
    if min(*a.shape, p) <= leaf:
        return np.matmul(a, b)
    if n % 2 or a.shape[1] % 2 or p % 2:
        inner = (0, a.shape[1] % 2)
        a, b = np.pad(a, ((0, n % 2), inner)), np.pad(b, (inner, (0, p % 2)))
        # even now, so this is still the same level
    h, i, j = a.shape[0] // 2, a.shape[1] // 2, b.shape[1] // 2
    a = {(r, s): a[r * h : (r + 1) * h, s * i : (s + 1) * i] for r in (0, 1) for s in (0, 1)}
    b = {(r, s): b[r * i : (r + 1) * i, s * j : (s + 1) * j] for r in (0, 1) for s in (0, 1)}
    c = np.zeros((2, 2, h, j), a[0, 0].dtype)
    plan = [
        (a[0, 0] + a[1, 1], b[0, 0] + b[1, 1], ((0, 0, 1), (1, 1, 1))),
        (a[1, 0] + a[1, 1], b[0, 0], ((1, 0, 1), (1, 1, -1))),
        (a[0, 0], b[0, 1] - b[1, 1], ((0, 1, 1), (1, 1, 1))),
        (a[1, 1], b[1, 0] - b[0, 0], ((0, 0, 1), (1, 0, 1))),
        (a[0, 0] + a[0, 1], b[1, 1], ((0, 1, 1), (0, 0, -1))),
        (a[1, 0] - a[0, 0], b[0, 0] + b[0, 1], ((1, 1, 1),)),
        (a[0, 1] - a[1, 1], b[1, 0] + b[1, 1], ((0, 0, 1),)),
    ]
    for x, y, targets in plan:
        m = matmul_strassen(x, y, leaf)
        for r, s, sign in targets:
            if sign > 0:
                c[r, s] += m
            else:
                c[r, s] -= m
    return np.vstack([np.hstack(c[0]), np.hstack(c[1])])[:n, :p]


def strassen_flops(n, leaf):
    if leaf < 1:
        raise ValueError("leaf is less than 1")
    if n < 0:
        raise ValueError("n is less than 0")
    if n <= leaf:
        return int(n) ** 3
    return 7 * strassen_flops(n // 2 + n % 2, leaf)


@dataclass
class CSRMatrix:
    data: np.ndarray
    indices: np.ndarray
    indptr: np.ndarray
    shape: tuple

    @classmethod
    def from_dense(cls, a):
        a = np.array(a)
        if a.ndim != 2:
            raise ValueError("a should have two axes")
        data, indices, indptr = [], [], [0]
        for row in a:
            columns = np.flatnonzero(row)
            data.append(row[columns])
            indices.append(columns)
            indptr.append(indptr[-1] + len(columns))
        nothing = np.array([], dtype=int)
        return cls(
            np.concatenate([nothing.astype(a.dtype), *data]),
            np.concatenate([nothing, *indices]),
            np.array(indptr),
            a.shape,
        )

    @property
    def nnz(self):
        return self.data.size

    @property
    def rows(self):
        return np.arange(self.shape[0]).repeat(np.diff(self.indptr))

    def to_dense(self):
        dense = np.zeros(self.shape, dtype=self.data.dtype)
        for i, (start, stop) in enumerate(zip(self.indptr, self.indptr[1:], strict=False)):
            dense[i, self.indices[start:stop]] = self.data[start:stop]
        return dense

    def _add_up(self, products):
        n, dtype = self.shape[0], products.dtype
        if dtype.kind == "c":
            parts = (np.bincount(self.rows, part, n) for part in (products.real, products.imag))
            real, imaginary = parts
            return (real + 1j * imaginary).astype(dtype)
        if dtype.kind == "f":
            return np.bincount(self.rows, products, n).astype(dtype)
        total = np.zeros(n, dtype)  # bincount would go through floats
        np.add.at(total, self.rows, products)
        return total

    def matvec(self, x):
        x = np.asarray(x)
        if x.ndim != 1 or x.size != self.shape[1]:
            raise ValueError(f"x should have length {self.shape[1]}")
        return self._add_up(self.data * x[self.indices])

    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or b.shape[0] != self.shape[1]:
            raise ValueError(f"b should have {self.shape[1]} rows")
        columns = [self.matvec(column) for column in b.T]
        if not columns:
            return np.zeros((self.shape[0], 0), np.result_type(self.data, b))
        return np.stack(columns, axis=1)

    def transpose(self):
        n, m = self.shape
        order = np.argsort(self.indices * max(n, 1) + self.rows)
        ends = np.bincount(self.indices, minlength=m).cumsum()
        indptr = np.append(0, ends).astype(int)
        return CSRMatrix(self.data[order], self.rows[order], indptr, (m, n))


def matmul_parallel(a, b, workers):
    if workers < 1:
        raise ValueError("workers: at least one is needed")
    a, b = _prepare(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), a.dtype)
    size = max(1, -(-a.shape[0] // workers))
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        jobs = {
            start: pool.submit(lambda s: a[s : s + size] @ b, start)
            for start in range(0, a.shape[0], size)
        }
    for start, job in jobs.items():
        c[start : start + size] = job.result()
    return c


@dataclass
class Row:
    name: str
    n: int
    seconds: float
    gflops: float
    ratio_to_numpy: float


def benchmark(functions, sizes, repeats, rng):
    if repeats < 1:
        raise ValueError("repeats < 1")
    if not isinstance(functions, dict):
        functions = {f.__name__: f for f in functions}
    contestants = [("", np.matmul), *functions.items()]
    rows = []
    for n in sizes:
        pair = rng.standard_normal((n, n)), rng.standard_normal((n, n))
        seconds = []
        for _, function in contestants:
            function(*pair)
            stamps = []
            for _ in range(repeats):
                stamps.append(-time.perf_counter_ns())
                function(*pair)
                stamps[-1] += time.perf_counter_ns()
            seconds.append(max(sorted(stamps)[(len(stamps) - 1) // 2], 1) / 1e9)
        for (name, _), t in list(zip(contestants, seconds, strict=True))[1:]:
            rows.append(Row(name, n, t, 2e-9 * n**3 / t, t / seconds[0]))
    return rows


def crossover_density(n, densities, rng):
    densities = list(densities)
    outside = [d for d in densities if d < 0 or d > 1]
    if outside:
        raise ValueError(f"densities outside [0, 1]: {outside}")

    def fastest(function, *arguments):
        times = []
        for _ in range(4):
            start = time.perf_counter()
            function(*arguments)
            times.append(time.perf_counter() - start)
        return min(times)

    slow = []
    for d in densities:
        entries = round(d * n * n)
        a = np.zeros(n * n)
        a[rng.choice(n * n, entries, replace=False)] = rng.standard_normal(entries)
        a = a.reshape(n, n)
        b = rng.standard_normal((n, n))
        sparse = CSRMatrix.from_dense(a)
        if fastest(sparse.matmul, b) >= fastest(np.matmul, a, b):
            slow.append(d)
    return min(slow, default=np.inf)
