"""Padded tiles in one batched product, Strassen as three tables of signs, rows of a dict."""

import math
import timeit
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

import numpy as np

# Row r of the first two: which quarters (11, 12, 21, 22) are added up before product r; of the
# third: into which quarters of the result it goes.
LEFT = [
    [1, 0, 0, 1],
    [0, 0, 1, 1],
    [1, 0, 0, 0],
    [0, 0, 0, 1],
    [1, 1, 0, 0],
    [-1, 0, 1, 0],
    [0, 1, 0, -1],
]
RIGHT = [
    [1, 0, 0, 1],
    [1, 0, 0, 0],
    [0, 1, 0, -1],
    [-1, 0, 1, 0],
    [0, 0, 0, 1],
    [1, 1, 0, 0],
    [0, 0, 1, 1],
]
RESULT = [
    [1, 0, 0, 1],
    [0, 0, 1, -1],
    [0, 1, 0, 1],
    [1, 0, 1, 0],
    [-1, 1, 0, 0],
    [0, 0, 0, 1],
    [1, 0, 0, 0],
]


class Shapes(namedtuple("Shapes", "n k p")):
    @classmethod
    def of(cls, a, b):
        if not a.ndim == b.ndim == 2:
            raise ValueError("a and b need two axes each")
        if a.shape[-1] != b.shape[0]:
            raise ValueError("the columns of a must match the rows of b")
        return cls(*a.shape, b.shape[1])


def promoted(a, b):
    dtype = np.result_type(np.asarray(a), np.asarray(b))
    return np.array(a, dtype=dtype), np.array(b, dtype=dtype)


def matmul_naive(a, b):
    a, b = promoted(a, b)
    n, k, p = Shapes.of(a, b)
    out = np.zeros((n, p), a.dtype)
    m = 0
    while m < k:
        for i in range(n):
            for j in range(p):
                out[i, j] = out[i, j] + a[i, m] * b[m, j]
        m += 1
    return out


def matmul_outer(a, b):
    a, b = promoted(a, b)
    n, k, p = Shapes.of(a, b)
    out = np.zeros((n, p), a.dtype)
    for column, row in zip(np.hsplit(a, k) if k else [], b, strict=True):
        np.add(out, column * row, out=out)
    return out


def tiled(x, side):
    """The matrix, padded with zeros, as an array (rows of tiles, columns of tiles, side, side)."""
    rows, columns = (-(-length // side) for length in x.shape)
    full = np.zeros((rows * side, columns * side), x.dtype)
    full[: x.shape[0], : x.shape[1]] = x
    return full.reshape(rows, side, columns, side).transpose(0, 2, 1, 3)


def matmul_blocked(a, b, block=64):
    if block < 1:
        raise ValueError("block must be positive")
    a, b = promoted(a, b)
    shapes = Shapes.of(a, b)
    side = max(1, min(block, max(shapes)))
    left, right = tiled(a, side), tiled(b, side)
    out = np.zeros((left.shape[0], right.shape[1], side, side), a.dtype)
    for i in range(left.shape[0]):
        for j in range(right.shape[1]):
            for m in range(left.shape[1]):
                out[i, j] += np.matmul(left[i, m], right[m, j])
    joined = out.transpose(0, 2, 1, 3).reshape(left.shape[0] * side, right.shape[1] * side)
    return joined[: shapes.n, : shapes.p].copy()


def signed_sum(signs, parts):
    total = None
    for sign, part in zip(signs, parts, strict=True):
        if sign:
            term = part if sign > 0 else -part
            total = term if total is None else total + term
    return total


def matmul_strassen(a, b, leaf=64):
    if leaf < 1:
        raise ValueError("leaf must be positive")
    a, b = promoted(a, b)
    n, k, p = Shapes.of(a, b)
    if min(n, k, p) <= leaf:
        return a @ b
    left, right = quarters(a), quarters(b)
    h, w = left[0].shape[0], right[0].shape[1]
    out = [np.zeros((h, w), a.dtype) for _ in range(4)]
    for signs_left, signs_right, targets in zip(LEFT, RIGHT, RESULT, strict=True):
        m = matmul_strassen(signed_sum(signs_left, left), signed_sum(signs_right, right), leaf)
        for quarter, sign in enumerate(targets):
            if sign:
                out[quarter] = out[quarter] + m if sign > 0 else out[quarter] - m
    return np.block([out[:2], out[2:]])[:n, :p]


def quarters(x):
    x = np.pad(x, [(0, side % 2) for side in x.shape])
    h, w = x.shape[0] // 2, x.shape[1] // 2
    return [x[:h, :w], x[:h, w:], x[h:, :w], x[h:, w:]]


def strassen_flops(n, leaf):
    if leaf < 1:
        raise ValueError("leaf must be positive")
    if n < 0:
        raise ValueError("n must be at least 0")
    return n * n * n if n <= leaf else 7 * strassen_flops(math.ceil(n / 2), leaf)


class CSRMatrix:
    def __init__(self, data, indices, indptr, shape):
        self.data = np.asarray(data)
        self.indices = np.asarray(indices, dtype=int)
        self.indptr = np.asarray(indptr, dtype=int)
        self.shape = (int(shape[0]), int(shape[1]))

    @classmethod
    def from_dense(cls, a):
        a = np.array(a)
        if a.ndim != 2:
            raise ValueError(f"a has {a.ndim} axes")
        kept = {i: np.flatnonzero(row) for i, row in enumerate(a)}
        starts = [0]
        for columns in kept.values():
            starts.append(starts[-1] + columns.size)
        data = np.empty(starts[-1], a.dtype)
        indices = np.empty(starts[-1], int)
        for i, columns in kept.items():
            data[starts[i] : starts[i + 1]] = a[i, columns]
            indices[starts[i] : starts[i + 1]] = columns
        return cls(data, indices, starts, a.shape)

    @property
    def nnz(self):
        return int(self.data.size)

    def row_numbers(self):
        return np.repeat(np.arange(self.shape[0]), self.indptr[1:] - self.indptr[:-1])

    def to_dense(self):
        dense = np.zeros(self.shape, self.data.dtype)
        np.add.at(dense, (self.row_numbers(), self.indices), self.data)
        return dense

    def matvec(self, x):
        x = np.asarray(x)
        if x.ndim != 1 or len(x) != self.shape[1]:
            raise ValueError("x has the wrong length")
        y = np.zeros(self.shape[0], np.result_type(self.data, x))
        np.add.at(y, self.row_numbers(), self.data * x[self.indices])
        return y

    def matmul(self, b):
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError("b has the wrong number of rows")
        out = np.zeros((self.shape[0], b.shape[1]), np.result_type(self.data, b))
        for j in range(b.shape[1]):
            out[:, j] = self.matvec(b[:, j])
        return out

    def transpose(self):
        order = np.argsort(self.indices, kind="stable")
        counts = np.bincount(self.indices, minlength=self.shape[1])
        indptr = np.r_[0, counts.cumsum()]
        return CSRMatrix(self.data[order], self.row_numbers()[order], indptr, self.shape[::-1])


def matmul_parallel(a, b, workers):
    if workers < 1:
        raise ValueError("workers must be positive")
    a, b = promoted(a, b)
    Shapes.of(a, b)
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(np.matmul, panel, b) for panel in np.array_split(a, workers)]
        return np.vstack([future.result() for future in futures])


Row = namedtuple("Row", "name n seconds gflops ratio_to_numpy")


def median_of(f, a, b, repeats):
    f(a, b)
    times = sorted(timeit.repeat(lambda: f(a, b), number=1, repeat=repeats))
    middle = len(times) // 2
    return times[middle] if len(times) % 2 else (times[middle - 1] + times[middle]) / 2


def benchmark(functions, sizes, repeats, rng):
    if repeats < 1:
        raise ValueError("repeats must be positive")
    try:
        named = dict(functions.items())
    except AttributeError:
        named = {f.__name__: f for f in functions}
    rows = []
    for n in sizes:
        a = rng.standard_normal((n, n))
        b = rng.standard_normal((n, n))
        for name, f in named.items():
            seconds = median_of(f, a, b, repeats)
            base = median_of(lambda x, y: x @ y, a, b, repeats)
            rows.append(Row(name, n, seconds, 2 * n**3 / 1e9 / seconds, seconds / base))
    return rows


def crossover_density(n, densities, rng):
    densities = np.sort(np.fromiter(densities, float))
    if np.any(densities < 0) or np.any(densities > 1):
        raise ValueError("densities must be between 0 and 1")
    for density in densities:
        a = np.zeros((n, n))
        chosen = rng.random((n, n)) < density
        a[chosen] = rng.standard_normal(np.count_nonzero(chosen))
        b = rng.standard_normal((n, n))
        sparse = CSRMatrix.from_dense(a)
        if median_of(lambda _, y, s=sparse: s.matmul(y), a, b, 5) >= median_of(np.matmul, a, b, 5):
            return float(density)
    return math.inf
