"""A first-year programmer: while the definition is readable, nothing else matters."""

import threading
import time

import numpy as np


def look_at(a, b):
    a = np.asarray(a)
    b = np.asarray(b)
    if len(a.shape) != 2:
        raise ValueError("a is not a matrix")
    if len(b.shape) != 2:
        raise ValueError("b is not a matrix")
    if a.shape[1] != b.shape[0]:
        raise ValueError("a and b: inner sides differ")
    return a, b


def matmul_naive(a, b):
    a, b = look_at(a, b)
    rows = []
    for i in range(a.shape[0]):
        row = []
        for j in range(b.shape[1]):
            total = np.result_type(a, b).type(0) if a.dtype != object and b.dtype != object else 0
            for k in range(a.shape[1]):
                total = total + a[i][k] * b[k][j]
            row.append(total)
        rows.append(row)
    answer = np.zeros((a.shape[0], b.shape[1]), dtype=np.result_type(a, b))
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            answer[i][j] = rows[i][j]
    return answer


def matmul_outer(a, b):
    a, b = look_at(a, b)
    answer = np.zeros((a.shape[0], b.shape[1]), dtype=np.result_type(a, b))
    for k in range(a.shape[1]):
        column = np.reshape(a[:, k], (a.shape[0], 1))
        row = np.reshape(b[k, :], (1, b.shape[1]))
        answer = answer + column * row
    return answer


def matmul_blocked(a, b, block=64):
    a, b = look_at(a, b)
    if block < 1:
        raise ValueError("block is too small")
    n, k = a.shape
    p = b.shape[1]
    answer = np.zeros((n, p), dtype=np.result_type(a, b))
    i = 0
    while i < n:
        j = 0
        while j < p:
            m = 0
            while m < k:
                product = np.matmul(
                    a[i : i + block, m : m + block], b[m : m + block, j : j + block]
                )
                answer[i : i + block, j : j + block] += product
                m = m + block
            j = j + block
        i = i + block
    return answer


def matmul_strassen(a, b, leaf=64):
    a, b = look_at(a, b)
    if leaf < 1:
        raise ValueError("leaf is too small")
    kind = np.result_type(a, b)
    a = a.astype(kind)
    b = b.astype(kind)
    n, k = a.shape
    p = b.shape[1]
    if n <= leaf or k <= leaf or p <= leaf:
        return np.matmul(a, b)
    if n % 2 == 1:
        return matmul_strassen(np.concatenate([a, np.zeros((1, k), kind)]), b, leaf)[:n]
    if p % 2 == 1:
        return matmul_strassen(a, np.concatenate([b, np.zeros((k, 1), kind)], axis=1), leaf)[:, :p]
    if k % 2 == 1:
        a = np.concatenate([a, np.zeros((n, 1), kind)], axis=1)
        b = np.concatenate([b, np.zeros((1, p), kind)])
        k = k + 1
    n, k, p = n // 2, k // 2, p // 2
    a11, a12, a21, a22 = a[:n, :k], a[:n, k:], a[n:, :k], a[n:, k:]
    b11, b12, b21, b22 = b[:k, :p], b[:k, p:], b[k:, :p], b[k:, p:]
    m1 = matmul_strassen(a11 + a22, b11 + b22, leaf)
    m2 = matmul_strassen(a21 + a22, b11, leaf)
    m3 = matmul_strassen(a11, b12 - b22, leaf)
    m4 = matmul_strassen(a22, b21 - b11, leaf)
    m5 = matmul_strassen(a11 + a12, b22, leaf)
    m6 = matmul_strassen(a21 - a11, b11 + b12, leaf)
    m7 = matmul_strassen(a12 - a22, b21 + b22, leaf)
    answer = np.zeros((2 * n, 2 * p), kind)
    answer[:n, :p] = m1 + m4 - m5 + m7
    answer[:n, p:] = m3 + m5
    answer[n:, :p] = m2 + m4
    answer[n:, p:] = m1 - m2 + m3 + m6
    return answer


def strassen_flops(n, leaf):
    if n < 0 or leaf < 1:
        raise ValueError("n must be 0 or more, leaf 1 or more")
    if n <= leaf:
        return n * n * n
    half = n // 2
    if n % 2 == 1:
        half = half + 1
    return 7 * strassen_flops(half, leaf)


class CSRMatrix:
    def __init__(self, data, indices, indptr, shape):
        self.data = np.array(data)
        self.indices = np.array(indices, dtype=int)
        self.indptr = np.array(indptr, dtype=int)
        self.shape = tuple(shape)

    @classmethod
    def from_dense(cls, a):
        a = np.asarray(a)
        if len(a.shape) != 2:
            raise ValueError("a is not a matrix")
        places = []
        indptr = [0]
        for i in range(a.shape[0]):
            for j in range(a.shape[1]):
                if a[i, j] != 0:
                    places.append((i, j))
            indptr.append(len(places))
        data = np.zeros(len(places), dtype=a.dtype)
        indices = []
        for t in range(len(places)):
            data[t] = a[places[t]]
            indices.append(places[t][1])
        return cls(data, indices, indptr, a.shape)

    @property
    def nnz(self):
        return len(self.data)

    def to_dense(self):
        dense = np.zeros(self.shape, dtype=self.data.dtype)
        for i in range(self.shape[0]):
            for t in range(self.indptr[i], self.indptr[i + 1]):
                dense[i, self.indices[t]] += self.data[t]
        return dense

    def matvec(self, x):
        x = np.asarray(x)
        if x.shape != (self.shape[1],):
            raise ValueError("x does not fit")
        terms = self.data * x[self.indices]
        answer = np.zeros(self.shape[0], dtype=np.result_type(self.data, x))
        for i in range(self.shape[0]):
            start, end = self.indptr[i], self.indptr[i + 1]
            if end > start:
                answer[i] = np.sum(terms[start:end])
        return answer

    def matmul(self, b):
        b = np.asarray(b)
        if len(b.shape) != 2 or b.shape[0] != self.shape[1]:
            raise ValueError("b does not fit")
        answer = np.zeros((self.shape[0], b.shape[1]), dtype=np.result_type(self.data, b))
        for i in range(self.shape[0]):
            start, end = self.indptr[i], self.indptr[i + 1]
            parts = self.data[start:end].reshape(end - start, 1) * b[self.indices[start:end]]
            answer[i] = np.sum(parts, axis=0)
        return answer

    def transpose(self):
        n, m = self.shape
        rows = []
        for i in range(n):
            rows += [i] * (self.indptr[i + 1] - self.indptr[i])
        order = sorted(range(len(rows)), key=lambda t: (self.indices[t], rows[t]))
        indptr = [0] * (m + 1)
        for column in self.indices:
            indptr[column + 1] += 1
        for j in range(m):
            indptr[j + 1] += indptr[j]
        return CSRMatrix(self.data[order], [rows[t] for t in order], indptr, (m, n))


def matmul_parallel(a, b, workers):
    a, b = look_at(a, b)
    if workers < 1:
        raise ValueError("workers: there is nobody to work")
    n = a.shape[0]
    answer = np.zeros((n, b.shape[1]), dtype=np.result_type(a, b))

    def work(start, end):
        answer[start:end] = a[start:end] @ b

    threads = []
    for w in range(workers):
        start = w * n // workers
        end = (w + 1) * n // workers
        if end > start:
            threads.append(threading.Thread(target=work, args=(start, end)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answer


class Row:
    def __init__(self, name, n, seconds, gflops, ratio_to_numpy):
        self.name = name
        self.n = n
        self.seconds = seconds
        self.gflops = gflops
        self.ratio_to_numpy = ratio_to_numpy


def how_long(function, a, b, repeats):
    function(a, b)
    times = []
    for _ in range(repeats):
        before = time.perf_counter()
        function(a, b)
        after = time.perf_counter()
        times.append(after - before)
    return float(np.median(times))


def benchmark(functions, sizes, repeats, rng):
    if repeats < 1:
        raise ValueError("repeats must be at least one")
    if hasattr(functions, "keys"):
        names = list(functions.keys())
        functions = [functions[name] for name in names]
    else:
        functions = list(functions)
        names = [function.__name__ for function in functions]
    rows = []
    for n in sizes:
        a = rng.standard_normal((n, n))
        b = rng.standard_normal((n, n))
        numpy_seconds = how_long(np.matmul, a, b, repeats)
        for i in range(len(functions)):
            seconds = how_long(functions[i], a, b, repeats)
            rows.append(
                Row(names[i], n, seconds, 2 * n**3 / seconds / 1e9, seconds / numpy_seconds)
            )
    return rows


def crossover_density(n, densities, rng):
    densities = sorted(densities)
    for density in densities:
        if density < 0 or density > 1:
            raise ValueError("densities must be from 0 to 1")
    for density in densities:
        a = rng.standard_normal((n, n))
        a[rng.random((n, n)) > density] = 0
        b = rng.standard_normal((n, n))
        sparse = CSRMatrix.from_dense(a)
        sparse_seconds = how_long(lambda a, b, s=sparse: s.matmul(b), a, b, 5)
        if sparse_seconds >= how_long(np.matmul, a, b, 5):
            return density
    return np.inf
