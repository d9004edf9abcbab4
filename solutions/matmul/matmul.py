# %% [markdown]
# # Matrix multiplication
#
# Ask a language model for one more word and nearly everything your computer then does is multiply
# matrices. A text of $T$ tokens is an array of shape $(T, d)$, one row per token; each layer sends
# it through a handful of products:
#
# | in each layer | shapes | multiply-adds | GPT-2 |
# | --- | --- | --- | --- |
# | queries, keys, values, output | $(T,d)\cdot(d,d)$, four times | $4\,T d^2$ | 2.4 billion |
# | attention | $(T,d)\cdot(d,T)$, $(T,T)\cdot(T,d)$ | $2\,T^2 d$ | 1.6 billion |
# | feed-forward | $(T,d)\cdot(d,4d)$, $(T,4d)\cdot(4d,d)$ | $8\,T d^2$ | 4.8 billion |
#
# The last column is GPT-2 small ($T = 1024$, $d = 768$). Its twelve layers and one last product
# with a vocabulary of 50 257 tokens make about 146 billion multiply-adds. Softmax, norms and
# activations together are below one per cent of that. Whoever understands this one operation
# understands what a language model costs.
#
# You will write it six times: as the definition says (q1), turned inside out (q2), in pieces that
# fit a cache (q3), with fewer multiplications than seems possible (q4), skipping zeros (q5), on
# several cores (q6). Then you measure them all (q7), draw the *roofline* of your machine, and
# explain what you see.
#
# **Conventions.** $A$ has shape $(n, k)$, $B$ has shape $(k, p)$, the product $C = AB$ has shape
# $(n, p)$. Arguments are anything that `np.asarray` understands as numbers, lists included. Results
# are NumPy arrays of dtype `np.result_type(a, b)`: integers stay integers, complex stays complex.
# Any side may be 0. How an array lies in memory (columns first, every second row, read-only) makes
# no difference. Bad arguments raise `ValueError` with a message that names the argument. What the
# caller passes in is never modified, and results share no memory with it or with each other.
#
# **Rules.** NumPy only. In q1, q2 and q5 no ready-made product: no `@`, `np.dot`, `np.matmul`,
# `np.einsum`, `np.inner`, `np.tensordot`, `np.vdot`, nothing of `np.linalg`, no method `.dot`. In
# q3, q4 and q6 you build *on* `@`.

# %% tags=["active-ipynb"]
# # One thread per product, so that the measurements below are those of one core (q6 adds the rest).
# # It has to happen before NumPy is imported.
# import os
#
# for library in ("OPENBLAS", "MKL", "OMP", "VECLIB"):
#     threads = "MAXIMUM_THREADS" if library == "VECLIB" else "NUM_THREADS"
#     os.environ[f"{library}_{threads}"] = "1"

# %%
import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

# %% [markdown]
# ## q1 · The definition
#
# Entry $(i, j)$ of the product is row $i$ of $A$ times column $j$ of $B$:
#
# $$C_{ij} = \sum_{l=0}^{k-1} A_{il}\,B_{lj}, \qquad 0 \le i < n,\ 0 \le j < p.$$
#
# In a language model row $i$ of $A$ is a token, column $j$ of $B$ is a feature that the layer looks
# for, and $C_{ij}$ says how much of that feature the token has.
#
# **By hand.** With $n = 2,\ k = 3,\ p = 2$:
#
# $$\begin{pmatrix}1&2&0\\0&1&3\end{pmatrix}
#   \begin{pmatrix}4&1\\2&0\\1&5\end{pmatrix}
# = \begin{pmatrix}1\cdot4+2\cdot2+0\cdot1 & 1\cdot1+2\cdot0+0\cdot5\\
#                  0\cdot4+1\cdot2+3\cdot1 & 0\cdot1+1\cdot0+3\cdot5\end{pmatrix}
# = \begin{pmatrix}8&1\\5&15\end{pmatrix}.$$
#
# Count: $n \cdot p$ entries with $k$ multiplications each, $n k p$ in all. Here that is 12. No
# more, and for this definition no fewer, zeros included.
#
# Three nested loops, and that is the point: it will be slow, and you should know how slow. Two
# things to think about before you type. What does the sum over *no* terms give? And in what type of
# number do you add up, if one matrix holds integers and the other floats?


# %% tags=["q1"]
# BEGIN SOLUTION NO PROMPT
def _operands(a, b):
    """Both factors as 2-D arrays that fit, and the dtype of their product."""
    a, b = np.asarray(a), np.asarray(b)
    for name, array in (("a", a), ("b", b)):
        if array.ndim != 2:
            raise ValueError(f"{name} must be 2-D, not {array.ndim}-D")
    if a.shape[1] != b.shape[0]:
        raise ValueError(f"a {a.shape} and b {b.shape} do not fit: the inner sides differ")
    return a, b, np.result_type(a, b)


def _at_least_one(name, value):
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")


# END SOLUTION


def matmul_naive(a, b):
    """Multiply two matrices by the definition, with three nested loops.

    Args:
        a: array-like of numbers, shape (n, k).
        b: array-like of numbers, shape (k, p).

    Returns:
        New array of shape (n, p) and dtype `np.result_type(a, b)`. Any side may be 0; for k = 0
        the product is all zeros. Exactly n·k·p products of an entry of `a` with an entry of `b`
        are formed, whatever their values are. (The entries may be of any type with `+` and `*`,
        `0 + entry` included; the dtype is then `object`.)

    Raises:
        ValueError: `a` or `b` is not 2-D, or `a.shape[1] != b.shape[0]`.
    """
    # BEGIN SOLUTION
    a, b, dtype = _operands(a, b)
    (n, k), p = a.shape, b.shape[1]
    c = np.zeros((n, p), dtype)
    for i in range(n):
        for j in range(p):
            for m in range(k):
                c[i, j] += a[i, m] * b[m, j]
    return c
    # END SOLUTION


# %% [markdown]
# ## q2 · Turned inside out: a sum of outer products
#
# The three loops may be nested in any order. Put the loop over $l$ outside, and each of its turns
# adds a whole matrix: column $l$ of $A$, shape $(n,)$, times row $l$ of $B$, shape $(p,)$, every
# entry with every entry.
#
# $$C = \sum_{l=0}^{k-1} A_{:,l} \otimes B_{l,:}, \qquad (u \otimes v)_{ij} = u_i v_j .$$
#
# **By hand**, the same matrices as before:
#
# $$\begin{pmatrix}1\\0\end{pmatrix}\!\otimes(4,1) + \begin{pmatrix}2\\1\end{pmatrix}\!\otimes(2,0)
#  + \begin{pmatrix}0\\3\end{pmatrix}\!\otimes(1,5)
# = \begin{pmatrix}4&1\\0&0\end{pmatrix} + \begin{pmatrix}4&0\\2&0\end{pmatrix}
#  + \begin{pmatrix}0&0\\3&15\end{pmatrix} = \begin{pmatrix}8&1\\5&15\end{pmatrix}.$$
#
# You will meet this form again whenever a model learns. The gradient of a weight matrix is a sum of
# outer products, one per token (input ⊗ error), and LoRA fine-tunes a large matrix by adding only a
# few of them.
#
# One Python loop, over $l$. NumPy does the rest of each turn at once, so that ten million tiny
# steps become a few hundred large ones. How much that is worth you will measure in q7.


# %% tags=["q2"]
def matmul_outer(a, b):
    """Multiply two matrices as a sum of k outer products.

    One loop over k; inside it broadcasting or `np.multiply.outer`, no loop over the rows or columns
    of the result.

    Args:
        a: array-like of numbers, shape (n, k).
        b: array-like of numbers, shape (k, p).

    Returns:
        New array of shape (n, p) and dtype `np.result_type(a, b)`; all zeros for k = 0.

    Raises:
        ValueError: `a` or `b` is not 2-D, or `a.shape[1] != b.shape[0]`.
    """
    # BEGIN SOLUTION
    a, b, dtype = _operands(a, b)
    c = np.zeros((a.shape[0], b.shape[1]), dtype)
    for column, row in zip(a.T, b, strict=True):  # (n,), (p,)
        c += column[:, None] * row
    return c
    # END SOLUTION


# %% [markdown]
# ## q3 · Pieces that fit the cache
#
# A core can multiply far faster than memory can deliver numbers. A number that has been fetched
# must therefore be used many times before it is pushed out of the cache. Cut all three matrices
# into tiles of at most $s \times s$ numbers ($s$ is `block`) and multiply tile by tile:
#
# $$C_{[I,J]} = \sum_{L} A_{[I,L]}\,B_{[L,J]},$$
#
# where $I$, $L$, $J$ run over the blocks of rows of $A$, of the inner side, and of columns of $B$.
# It is the definition once more, with matrices in the place of numbers.
#
# A product of two tiles makes $2s^3$ floating-point operations out of $2s^2$ numbers read: each
# number is used $s$ times. Three tiles of doubles take $24 s^2$ bytes, for $s = 128$ that is 384
# KiB, which an L2 cache holds. FlashAttention is this same idea applied to attention, and every GPU
# kernel for `@` begins with it.
#
# ![A tile of A and a tile of B are multiplied and added to a tile of C; the three of them fit the
# cache, and each number fetched is used s times](tiles.svg)
#
# **By hand.** A side of 5 with $s = 2$ is cut into `0:2`, `2:4` and `4:5`. The last tile is
# smaller, and the tiles of a ragged product are not square:
#
# ```text
#        A (5, 4)                B (4, 3)                 C (5, 3)
#      l=0:2  l=2:4            j=0:2 j=2:3              j=0:2 j=2:3
# 0:2 [ 2×2 | 2×2 ]       0:2 [ 2×2 | 2×1 ]       0:2 [ 2×2 | 2×1 ]
# 2:4 [ 2×2 | 2×2 ]   ·   2:4 [ 2×2 | 2×1 ]   =   2:4 [ 2×2 | 2×1 ]
# 4:5 [ 1×2 | 1×2 ]                               4:5 [ 1×2 | 1×1 ]
# ```
#
# `C[4:5, 2:3]` is `A[4:5, 0:2] @ B[0:2, 2:3] + A[4:5, 2:4] @ B[2:4, 2:3]`. (A Python slice that
# reaches beyond the end is cut off there, which is welcome here.)


# %% tags=["q3"]
def matmul_blocked(a, b, block=64):
    """Multiply two matrices tile by tile.

    Every product is one of two tiles, whose sides are at most `block`; `@` may be used on tiles.

    Args:
        a: array-like of numbers, shape (n, k).
        b: array-like of numbers, shape (k, p).
        block: side of a tile, an integer >= 1. It need not divide any side and may be larger
            than all of them.

    Returns:
        New array of shape (n, p) and dtype `np.result_type(a, b)`; all zeros for k = 0. With
        block = 128 two 512 × 512 matrices take not much longer than with `a @ b`.

    Raises:
        ValueError: `a` or `b` is not 2-D, the inner sides differ, or `block` < 1.
    """
    # BEGIN SOLUTION
    a, b, dtype = _operands(a, b)
    _at_least_one("block", block)
    (n, k), p = a.shape, b.shape[1]
    c = np.empty((n, p), dtype)
    for i, j in product(range(0, n, block), range(0, p, block)):
        rows, columns = slice(i, i + block), slice(j, j + block)
        # The tile is added up in an array of its own: contiguous, it stays in the cache.
        tile = np.zeros(c[rows, columns].shape, dtype)
        for m in range(0, k, block):
            inner = slice(m, m + block)
            tile += a[rows, inner] @ b[inner, columns]
        c[rows, columns] = tile
    return c
    # END SOLUTION


# %% [markdown]
# ## q4 · Seven instead of eight
#
# Cut both matrices into quarters. The definition needs eight products of quarters. In 1969 Volker
# Strassen set out to prove that eight is the least possible, and found seven:
#
# $$\begin{aligned}
# M_1 &= (A_{11}+A_{22})(B_{11}+B_{22}) & M_5 &= (A_{11}+A_{12})\,B_{22}\\
# M_2 &= (A_{21}+A_{22})\,B_{11} & M_6 &= (A_{21}-A_{11})(B_{11}+B_{12})\\
# M_3 &= A_{11}\,(B_{12}-B_{22}) & M_7 &= (A_{12}-A_{22})(B_{21}+B_{22})\\
# M_4 &= A_{22}\,(B_{21}-B_{11})
# \end{aligned}$$
#
# $$C = \begin{pmatrix} M_1+M_4-M_5+M_7 & M_3+M_5\\ M_2+M_4 & M_1-M_2+M_3+M_6\end{pmatrix}.$$
#
# **By hand**, with quarters that are single numbers:
# $\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}5&6\\7&8\end{pmatrix}$ has
#
# $M_1 = 5\cdot13 = 65,\quad M_2 = 7\cdot5 = 35,\quad M_3 = 1\cdot(-2) = -2,\quad M_4 = 4\cdot2 =
# 8,$ $\quad M_5 = 3\cdot8 = 24,\quad M_6 = 2\cdot11 = 22,\quad M_7 = (-2)\cdot15 = -30,$
#
# so $C = \begin{pmatrix}65+8-24-30 & -2+24\\ 35+8 & 65-35-2+22\end{pmatrix} =
# \begin{pmatrix}19&22\\43&50\end{pmatrix}$, as it should be.
#
# The seven products are made in the same way, and so on down, until the smallest side is at most
# `leaf` and `@` takes over. If a side is odd on the way, append one row or column of zeros *at that
# level* and drop it from the result: $5 \to 6$, quarters of 3, $3 \to 4$, quarters of 2. The number
# of multiplications of an $n \times n$ product is
#
# $$f(n) = \begin{cases} n^3 & n \le \mathrm{leaf}\\
# 7\,f(\lceil n/2\rceil) & \text{otherwise.}\end{cases}$$
#
# For example $f(5)$ with leaf 2 is $7 f(3) = 49 f(2) = 49 \cdot 8 = 392$: more than $5^3 = 125$!
# But with leaf 1, $n = 1024$ takes $7^{10}$, about 282 million, instead of 1.07 billion. In general
# it grows like $n^{\log_2 7} \approx n^{2.81}$.
#
# Language models do *not* use it: the additions are paid in memory traffic, and the differences
# cost digits. Neither is visible in a count of multiplications, which is a lesson about counting.
#
# **For your report, 2 (2 points).** From the counts of `strassen_flops`, how much faster should
# Strassen be at $n = 512$ with leaf 128? How much faster is it in the table at the end, and where
# does the rest go?


# %% tags=["q4"]
def matmul_strassen(a, b, leaf=64):
    """Multiply two matrices with Strassen's seven products.

    Recursion stops when the smallest of the three sides n, k, p is at most `leaf`; there `@` is
    used. Above that, each odd side is padded with one row or column of zeros, at that level only,
    and the padding is cut off the result of that level.

    Args:
        a: array-like of numbers, shape (n, k).
        b: array-like of numbers, shape (k, p).
        leaf: an integer >= 1.

    Returns:
        New array of shape (n, p) and dtype `np.result_type(a, b)`. Integers are exact; floats
        agree with `a @ b` up to rounding.

    Raises:
        ValueError: `a` or `b` is not 2-D, the inner sides differ, or `leaf` < 1.
    """
    # BEGIN SOLUTION
    a, b, dtype = _operands(a, b)
    _at_least_one("leaf", leaf)
    return _strassen(a.astype(dtype, copy=False), b.astype(dtype, copy=False), leaf)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _strassen(a, b, leaf):
    (n, k), p = a.shape, b.shape[1]
    if min(n, k, p) <= leaf:
        return a @ b
    a11, a12, a21, a22 = _quarters(a)
    b11, b12, b21, b22 = _quarters(b)
    m1 = _strassen(a11 + a22, b11 + b22, leaf)
    m2 = _strassen(a21 + a22, b11, leaf)
    m3 = _strassen(a11, b12 - b22, leaf)
    m4 = _strassen(a22, b21 - b11, leaf)
    m5 = _strassen(a11 + a12, b22, leaf)
    m6 = _strassen(a21 - a11, b11 + b12, leaf)
    m7 = _strassen(a12 - a22, b21 + b22, leaf)
    c = np.block([[m1 + m4 - m5 + m7, m3 + m5], [m2 + m4, m1 - m2 + m3 + m6]])
    return c[:n, :p]


def _quarters(x):
    """The four quarters of a matrix whose odd sides are first padded with zeros."""
    rows, columns = x.shape
    x = np.pad(x, ((0, rows % 2), (0, columns % 2)))
    top, bottom = np.split(x, 2)
    return *np.split(top, 2, axis=1), *np.split(bottom, 2, axis=1)


# END SOLUTION


def strassen_flops(n, leaf):
    """Count the multiplications of `matmul_strassen` on two n × n matrices.

    Args:
        n: side of the matrices, an integer >= 0.
        leaf: an integer >= 1.

    Returns:
        The exact count as an `int`, of any size: n³ for n <= leaf, else 7 · f(⌈n/2⌉).

    Raises:
        ValueError: `n` < 0 or `leaf` < 1.
    """
    # BEGIN SOLUTION
    if n < 0:
        raise ValueError(f"n must not be negative, but is {n}")
    _at_least_one("leaf", leaf)
    return n**3 if n <= leaf else 7 * strassen_flops((n + 1) // 2, leaf)
    # END SOLUTION


# %% [markdown]
# ## q5 · Mostly zeros
#
# Which words stand beside which? For a vocabulary of 50 000 words that table has 2.5 billion
# entries, 20 GB, and nearly all are zero. A pruned network is a matrix of zeros with some weights
# in it; a batch of token ids is a one-hot matrix whose product with the embedding table picks one
# row per token. A zero need not be stored and need not be multiplied.
#
# *Compressed sparse rows* (CSR) keep three arrays. For a matrix of shape $(n, m)$ with $z$ entries
# other than zero:
#
# | field | shape | holds |
# | --- | --- | --- |
# | `data` | $(z,)$ | the entries, row after row, from left to right |
# | `indices` | $(z,)$ | the column of each entry |
# | `indptr` | $(n+1,)$ | row $i$ is `data[indptr[i]:indptr[i+1]]`; first 0, last $z$ |
#
# **By hand.** Row 1 is empty, which shows as two equal neighbours in `indptr`:
#
# $$\begin{pmatrix}0&5&0&2\\0&0&0&0\\7&0&0&0\end{pmatrix}\quad
# \begin{array}{l}\texttt{data}=[5,2,7]\\ \texttt{indices}=[1,3,0]\\
# \texttt{indptr}=[0,2,2,3]\end{array}$$
#
# **Product with a vector** $x$ of shape $(m,)$: $y_i =
# \sum_{t=\mathtt{indptr}[i]}^{\mathtt{indptr}[i+1]-1} \mathtt{data}[t]\; x_{\mathtt{indices}[t]}$.
# With $x = (1, 10, 100, 1000)$ the $z$ products are $[5\cdot10,\ 2\cdot1000,\ 7\cdot1]$, and added
# up row by row $y = (2050, 0, 7)$.
#
# The products are one line of NumPy. The sums over pieces of unequal length are the puzzle. Look at
# `np.add.reduceat` and at `np.bincount`, and at what each does with an *empty* piece, or with
# integers. Mind that `y[rows] += products` adds only once where a row number repeats.
#
# **Transpose**: the same entries sorted by column instead of row. A stable sort keeps the order
# that you have already paid for.


# %% tags=["q5"]
@dataclass(eq=False)
class CSRMatrix:
    """A sparse matrix in compressed sparse rows: `CSRMatrix(data, indices, indptr, shape)`.

    No method makes an array of the dense shape, other than `to_dense` and the result of `matmul`.
    Products have the dtype `np.result_type` of their factors; `from_dense` keeps the dtype of `a`.

    A matrix put together by hand may hold the columns of a row in any order, and a position more
    than once: in products such entries add up.

    Attributes:
        data: the stored entries, shape (nnz,).
        indices: column of each stored entry, integers of shape (nnz,).
        indptr: start of each row in `data`, and the end of the last; integers of shape (n + 1,).
        shape: (n, m), either may be 0.
    """

    data: np.ndarray
    indices: np.ndarray
    indptr: np.ndarray
    shape: tuple[int, int]

    def __post_init__(self):  # given
        self.data = np.asarray(self.data)
        self.indices = np.asarray(self.indices, dtype=np.intp)
        self.indptr = np.asarray(self.indptr, dtype=np.intp)
        self.shape = tuple(self.shape)

    @classmethod
    def from_dense(cls, a):
        """Compress an array-like of shape (n, m).

        Zeros are not stored. Within a row the columns ascend. A later change of `a` does not
        change the matrix.

        Raises:
            ValueError: `a` is not 2-D.
        """
        # BEGIN SOLUTION
        a = np.asarray(a)
        if a.ndim != 2:
            raise ValueError(f"a must be 2-D, not {a.ndim}-D")
        rows, columns = np.nonzero(a)  # row by row, from left to right
        return cls(a[rows, columns], columns, _row_starts(rows, len(a)), a.shape)
        # END SOLUTION

    @property
    def nnz(self):
        """Number of stored entries."""
        # BEGIN SOLUTION
        return len(self.data)
        # END SOLUTION

    def to_dense(self):
        """The matrix as a new array of shape (n, m) and the dtype of `data`."""
        # BEGIN SOLUTION
        dense = np.zeros(self.shape, self.data.dtype)
        np.add.at(dense, (self._rows(), self.indices), self.data)
        return dense
        # END SOLUTION

    def matvec(self, x):
        """Multiply with a vector.

        Args:
            x: array-like of shape (m,).

        Returns:
            Array of shape (n,); 0 for a row without entries. At density 0.01 it is faster than the
            dense product.

        Raises:
            ValueError: `x` has another shape.
        """
        # BEGIN SOLUTION
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError(f"x must have shape {self.shape[1:]}, not {x.shape}")
        products = self.data * x[self.indices]  # (nnz,)
        y = np.zeros(self.shape[0], products.dtype)
        # reduceat adds from each start to the next: right once the empty rows are left out.
        filled = np.flatnonzero(np.diff(self.indptr))
        y[filled] = np.add.reduceat(products, self.indptr[filled])
        return y
        # END SOLUTION

    def matmul(self, b):
        """Multiply with a dense matrix.

        Args:
            b: array-like of shape (m, p).

        Returns:
            Dense array of shape (n, p).

        Raises:
            ValueError: `b` is not 2-D or has another number of rows than m.
        """
        # BEGIN SOLUTION
        b = np.asarray(b)
        if b.ndim != 2 or len(b) != self.shape[1]:
            raise ValueError(f"b must have shape ({self.shape[1]}, p), not {b.shape}")
        dtype = np.result_type(self.data, b)
        data, b = self.data.astype(dtype, copy=False), b.astype(dtype, copy=False)
        c = np.zeros((self.shape[0], b.shape[1]), dtype)
        for i, (start, stop) in enumerate(pairwise(self.indptr)):
            terms = b.take(self.indices[start:stop], axis=0)  # (entries of row i, p), in the cache
            terms *= data[start:stop, None]
            c[i] = terms.sum(axis=0)
        return c
        # END SOLUTION

    def transpose(self):
        """The transpose, a `CSRMatrix` of shape (m, n) whose columns ascend within each row."""
        # BEGIN SOLUTION
        n, m = self.shape
        order = np.lexsort((self._rows(), self.indices))  # by column, then by row
        starts = _row_starts(self.indices, m)
        return CSRMatrix(self.data[order], self._rows()[order], starts, (m, n))
        # END SOLUTION

    # BEGIN SOLUTION NO PROMPT
    def _rows(self):
        """Row of each stored entry, shape (nnz,)."""
        return np.repeat(np.arange(self.shape[0]), np.diff(self.indptr))

    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _row_starts(rows, n):
    """`indptr` of n rows, given the row of each entry in any order."""
    return np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n))])


# END SOLUTION


# %% [markdown]
# ## q6 · Several cores
#
# Row $i$ of $C$ needs row $i$ of $A$ and all of $B$, and no other row of $C$. So cut $A$ into
# panels of neighbouring rows, give each to a worker, and stack what they return:
#
# $$A = \begin{pmatrix}A_{[0]}\\ \vdots\\ A_{[w-1]}\end{pmatrix} \;\Rightarrow\;
# AB = \begin{pmatrix}A_{[0]}B\\ \vdots\\ A_{[w-1]}B\end{pmatrix}.$$
#
# Models that are too large for one GPU are cut in just this way, by rows (tokens) or by columns
# (features) of the weights; it is then called data or tensor parallelism.
#
# **By hand.** Seven rows, three workers: $7 = 3 + 2 + 2$, so rows `0:3`, `3:5`, `5:7`. Rounding
# $7/3$ down gives $2+2+2$ and loses a row. With more workers than rows some have nothing to do.
#
# Threads are enough, although Python runs only one thread at a time: NumPy lets go of Python's lock
# while it multiplies. `concurrent.futures.ThreadPoolExecutor` is all you need. Workers finish in
# any order; the panels must not.


# %% tags=["q6"]
def matmul_parallel(a, b, workers):
    """Multiply two matrices on a pool of threads, one panel of rows each.

    The rows of `a` are split into contiguous panels, in order; the panels are multiplied at the
    same time; `@` may be used on a panel.

    Args:
        a: array-like of numbers, shape (n, k).
        b: array-like of numbers, shape (k, p).
        workers: number of threads, an integer >= 1; it may be larger than n.

    Returns:
        New array of shape (n, p) and dtype `np.result_type(a, b)`.

    Raises:
        ValueError: `a` or `b` is not 2-D, the inner sides differ, or `workers` < 1.
    """
    # BEGIN SOLUTION
    a, b, _ = _operands(a, b)
    _at_least_one("workers", workers)
    workers = min(workers, max(len(a), 1))
    panels = np.array_split(a, workers)  # each (n / workers, k), the first ones a row longer
    with ThreadPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(lambda panel: panel @ b, panels)))
    # END SOLUTION


# %% [markdown]
# ## q7 · Measure
#
# A time is a noisy number. The first call pays for cold caches and lazy imports, so it is made but
# not counted. Other programs interrupt, which makes single times far too long, so of `repeats`
# times the *median* is kept. And seconds say little about an algorithm, so two figures of merit are
# added. An $n \times n$ product is taken to have $2n^3$ floating-point operations (a multiplication
# and an addition each), whatever the algorithm really does:
#
# $$\mathrm{gflops} = \frac{2n^3}{10^9 \cdot \mathrm{seconds}}, \qquad
# \mathrm{ratio\_to\_numpy} = \frac{\mathrm{seconds}}{\mathrm{seconds\ of\ } \texttt{a @ b}}.$$
#
# **By hand.** $n = 500$ in 0.02, 0.05, 0.01 seconds: the median is 0.02 s, $2\cdot500^3 =
# 2.5\cdot10^8$ operations, 12.5 GFLOP/s. (The mean would be 0.027 s, because of one interruption.)
# If `a @ b` takes 0.004 s, the ratio is 5.
#
# The second function asks where sparsity stops paying. CSR skips the zeros but hops through memory;
# the dense product is a straight run. Below some density CSR wins. Pruned language models meet the
# same wall: half of the weights set to zero makes nothing faster.


# %% tags=["q7"]
@dataclass(frozen=True)
class Row:
    """One line of a benchmark: function `name` on two n × n matrices."""

    name: str
    n: int
    seconds: float
    gflops: float
    ratio_to_numpy: float


# BEGIN SOLUTION NO PROMPT
def _median_seconds(repeats, function, *arguments):
    """Median wall-clock time of `repeats` calls, after one that is not timed."""
    function(*arguments)
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        function(*arguments)
        seconds.append(time.perf_counter() - start)
    return float(np.median(seconds))


# END SOLUTION


def benchmark(functions, sizes, repeats, rng):
    """Time functions of two square matrices.

    For each size n one pair `rng.standard_normal((n, n))` is drawn and given to every function. A
    function is called `repeats` + 1 times on it: once untimed, then timed on the wall clock.

    Args:
        functions: dict name -> function(a, b); or an iterable of functions, which are
            then named by their `__name__`. It may be a generator, which can be read once.
        sizes: iterable of integers n >= 1, which may be a generator too.
        repeats: number of timed calls, an integer >= 1.
        rng: a `numpy.random.Generator`.

    Returns:
        A list with one `Row` for each function and size, in any order. `seconds` is the median of
        the timed calls, `gflops` = 2n³ / seconds / 1e9, `ratio_to_numpy` = seconds divided by those
        of `a @ b` on the same pair.

    Raises:
        ValueError: `repeats` < 1.
    """
    # BEGIN SOLUTION
    _at_least_one("repeats", repeats)
    if not hasattr(functions, "items"):
        functions = {function.__name__: function for function in functions}
    rows = []
    for n in sizes:
        a, b = rng.standard_normal((n, n)), rng.standard_normal((n, n))
        numpy_seconds = _median_seconds(repeats, np.matmul, a, b)
        for name, function in functions.items():
            seconds = _median_seconds(repeats, function, a, b)
            gflops = 2 * n**3 / seconds / 1e9
            rows.append(Row(name, n, seconds, gflops, seconds / numpy_seconds))
    return rows
    # END SOLUTION


def crossover_density(n, densities, rng):
    """Find where a sparse product stops paying.

    For each density, in ascending order, an n × n matrix is drawn of whose entries about that
    share is not zero. `CSRMatrix.matmul` with a dense n × n matrix is timed against `@` on the
    same two matrices, dense. (Making the matrix sparse is not part of the time.)

    Args:
        n: side of the matrices, an integer >= 1.
        densities: iterable of numbers in [0, 1], in any order; it may be a generator.
        rng: a `numpy.random.Generator`.

    Returns:
        The smallest of `densities` at which `CSRMatrix.matmul` is no faster than `@`, or `math.inf`
        if it is always faster.

    Raises:
        ValueError: one of `densities` is outside [0, 1].
    """
    # BEGIN SOLUTION
    densities = sorted(densities)
    if any(not 0 <= density <= 1 for density in densities):
        raise ValueError(f"densities must lie in [0, 1], but are {densities}")
    b = rng.standard_normal((n, n))
    for density in densities:
        a = rng.standard_normal((n, n)) * (rng.random((n, n)) < density)
        sparse = CSRMatrix.from_dense(a)
        if _median_seconds(5, sparse.matmul, b) >= _median_seconds(5, np.matmul, a, b):
            return density
    return math.inf
    # END SOLUTION


# %% [markdown]
# ## What you have built
#
# The next cell runs your own `benchmark` on your own functions; it takes about ten seconds. The
# definition is measured on small matrices only: at $n = 512$ it would take the better part of a
# minute.

# %% tags=["active-ipynb"]
# cores = os.cpu_count() or 1
# rng = np.random.default_rng(0)
# contestants = {
#     "outer products": matmul_outer,
#     "blocked, 128": lambda a, b: matmul_blocked(a, b, block=128),
#     "Strassen, leaf 128": lambda a, b: matmul_strassen(a, b, leaf=128),
#     f"parallel, {cores} threads": lambda a, b: matmul_parallel(a, b, cores),
#     "NumPy @": lambda a, b: a @ b,
# }
# rows = benchmark({"naive": matmul_naive}, [8, 16, 32, 64], 3, rng)
# rows += benchmark(contestants, [32, 64, 128, 256, 512], 5, rng)
#
# print(f"{'':>20} {'n':>5} {'milliseconds':>13} {'GFLOP/s':>9} {'× NumPy':>9}")
# for name in ("naive", *contestants):
#     row = max((row for row in rows if row.name == name), key=lambda row: row.n)
#     print(
#         f"{row.name:>20} {row.n:>5} {1e3 * row.seconds:>13.2f} {row.gflops:>9.3g}"
#         f" {row.ratio_to_numpy:>9.3g}"
#     )

# %% [markdown]
# ### The roofline
#
# A program that performs $I$ floating-point operations per byte it moves (its *arithmetic
# intensity*) on a core that computes at most $P$ operations per second, fed by a memory of
# bandwidth $\beta$ bytes per second, cannot be faster than
#
# $$\text{attainable} = \min(P,\ \beta I).$$
#
# On log-log axes that is a slope and a flat roof. Left of the corner a program waits for memory,
# right of it for arithmetic. Caches are memories too, with a higher slope. How many bytes each
# version moves (8 per number, $n \times n$ matrices):
#
# | version | operations | bytes | intensity |
# | --- | --- | --- | --- |
# | naive | 2 per step | 2 numbers per step | 1/8 |
# | outer products | $2n^2$ per turn | write, read $u \otimes v$ and $C$: $4n^2$ numbers | 1/16 |
# | blocked | $2s^3$ per tile product | read two tiles, read, write one: $4s^2$ numbers | $s/16$ |
# | `@`, parallel | $2n^3$ | read $A$ and $B$, write $C$: $3n^2$ numbers | $n/12$ |
# | Strassen | as `@` on its leaves | as `@` on its leaves | leaf/12 |
# | product with a *vector* | $2n^2$ | $n^2$ numbers | 1/4 |
#
# The last line is a language model that writes: one token at a time, a matrix of weights meets a
# single vector. Every weight is fetched for two operations. That is why generating text is slow,
# and why servers answer many users at once.
#
# **For your report, 3 (2 points).** A model of 7 billion weights in 2-byte numbers writes text on a
# machine with the memory bandwidth that the next cell measures, one user at a time. How many tokens
# per second can it reach at most? What changes with 32 users at once?

# %% tags=["active-ipynb"]
# import matplotlib.pyplot as plt
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
#
#
# def fastest(run, repeats=7):
#     """Shortest of several times: what the machine can do, not what it usually does."""
#     times = []
#     for _ in range(repeats):
#         start = time.perf_counter()
#         run()
#         times.append(time.perf_counter() - start)
#     return min(times)
#
#
# def bandwidth(megabytes, calls=1):
#     """Bytes per second when copying an array of that size: each number is read and written."""
#     source = np.ones(int(megabytes * 2**20 / 8))
#     target = np.empty_like(source)
#     seconds = fastest(lambda: [np.copyto(target, source) for _ in range(calls)])
#     return 2 * source.nbytes * calls / seconds
#
#
# memory, cache = bandwidth(128), bandwidth(0.125, calls=200)
# a, b = rng.standard_normal((2, 1024, 1024))
# peak = 2 * 1024**3 / fastest(lambda: a @ b)
# matvec_gflops = 2 * 1024**2 / fastest(lambda: a @ b[0], 30) / 1e9
# print(f"peak {peak / 1e9:.0f} GFLOP/s")
# print(f"memory {memory / 1e9:.0f} GB/s, cache {cache / 1e9:.0f} GB/s")

# %% tags=["active-ipynb"]
# names = ["naive", *contestants]
# looks = {
#     name: {"color": color, "marker": marker}
#     for name, color, marker in zip(names, plt.cm.plasma(np.linspace(0, 0.85, 6)), "osD^vP")
# }
# figure, (left, right) = plt.subplots(1, 2, figsize=(12, 5.2), layout="constrained")
#
# for name in names:
#     mine = [row for row in rows if row.name == name]
#     left.loglog([r.n for r in mine], [r.gflops for r in mine], **looks[name], markersize=7)
# sizes = sorted({row.n for row in rows})
# left.set_xticks(sizes, [str(n) for n in sizes])
# left.minorticks_off()
# left.set(title="Speed against size", xlabel="side n of the matrices", ylabel="GFLOP/s of 2n³")
#
# intensity = np.logspace(-5, 7, 200, base=2)
# for rate, label, line in ((memory, "memory", "-"), (cache, "cache", "--")):
#     roof = np.minimum(peak, rate * intensity) / 1e9
#     right.loglog(intensity, roof, color="0.25", lw=2, ls=line)
#     above = label == "cache"
#     right.annotate(
#         f"{label}, {rate / 1e9:.0f} GB/s", (0.5, 0.5 * rate / 1e9), (-6, 6) if above else (6, -6),
#         textcoords="offset points", color="0.25",
#         ha="right" if above else "left", va="bottom" if above else "top",
#     )
#     if not above:
#         right.fill_between(intensity, roof, 1e-4, color="0.94")
# right.annotate(
#     f"one core, {peak / 1e9:.0f} GFLOP/s", (2**7, peak / 1e9), (0, 14),
#     textcoords="offset points", ha="right", color="0.25",
# )
# points = {"ls": "", "markeredgecolor": "white"}
# for name, x in zip(names, (1 / 8, 1 / 16, 128 / 16, 128 / 12, 512 / 12, 512 / 12)):
#     largest = max((row for row in rows if row.name == name), key=lambda row: row.n)
#     label = f"{name}, n = {largest.n}"
#     right.plot(x, largest.gflops, **looks[name], **points, markersize=11, label=label)
# star = {"color": "tab:green", "marker": "*", "markersize": 18, **points}
# right.plot(1 / 4, matvec_gflops, **star, label="matrix × vector, n = 1024")
# right.set(title="Roofline", xlabel="arithmetic intensity, operations per byte", ylabel="GFLOP/s")
# right.set(xlim=(2**-5, 2**7), ylim=(1e-3, 5 * peak / 1e9))
# for axes in (left, right):
#     axes.grid(alpha=0.25)
# figure.legend(loc="outside lower center", ncols=4, frameon=False)
# plt.show()

# %% [markdown]
# Two more questions to your machine. How sparse is sparse enough? And which tile is best? (`@` on a
# tile already cuts it into smaller tiles, for the inner caches and the registers. Yours is the
# outermost cut: what does it cost where the library has made all of them itself?)
# This cell tries many densities and takes about twenty seconds.

# %% tags=["active-ipynb"]
# figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.2), layout="constrained")
#
# blocks = [8, 16, 32, 64, 128, 256, 512]
# tiles = benchmark(
#     {str(s): lambda a, b, s=s: matmul_blocked(a, b, block=s) for s in blocks}, [512], 3, rng
# )
# speed = {int(row.name): row.gflops for row in tiles}
# left.semilogx(blocks, [speed[s] for s in blocks], **looks["blocked, 128"], markersize=7)
# left.axhline(peak / 1e9, color="0.25", ls="--")
# left.text(8, peak / 1e9, "peak", va="bottom", color="0.25")
# left.set_xticks(blocks, [str(s) for s in blocks])
# left.minorticks_off()
# left.set(title="Blocked, n = 512", xlabel="block", ylabel="GFLOP/s", ylim=(0, 1.15 * peak / 1e9))
# left.grid(alpha=0.25)
#
# n, densities = 512, [0.001, 0.003, 0.01, 0.03, 0.1, 0.3]
# dense = rng.standard_normal((n, n))
# times = []
# for density in densities:
#     sparse = CSRMatrix.from_dense(dense * (rng.random((n, n)) < density))
#     times.append(1e3 * fastest(lambda: sparse.matmul(dense)))
# dense_ms = 1e3 * fastest(lambda: dense @ dense)
# crossing = crossover_density(n, np.geomspace(0.001, 0.3, 20), rng)
# right.loglog(densities, times, color="tab:green", marker="o", label="CSRMatrix.matmul")
# right.axhline(dense_ms, color="0.25", ls="--", label="dense @")
# if crossing < math.inf:
#     right.axvline(crossing, color="tab:red", lw=1, label=f"crossover_density: {crossing:.2g}")
# ticks = [0.5, 1, 2, 5, 10, 20, 50, 100]
# ticks = [t for t in ticks if 0.7 * min(times) < t < 1.5 * max(times)]
# right.set_yticks(ticks, [f"{t:g}" for t in ticks])
# right.set_xticks(densities, [f"{d:g}" for d in densities])
# right.minorticks_off()
# right.set(title=f"Sparse times dense, n = {n}", xlabel="density", ylabel="milliseconds")
# right.grid(alpha=0.25)
# right.legend(frameon=False)
# plt.show()

# %% [markdown] tags=["written"]
# ## Written question · Under your own roof
#
# Answer the three small questions (1 in q3, 2 in q4, 3 above the roofline), and write a report of
# about half a page on the rest, with your own figure and the numbers of *your* machine.
#
# 4. What are the peak and the two bandwidths, and at what intensity is the corner of each roof?
# 5. For each version say where its time goes: is it limited by arithmetic, by memory, by a cache,
#    or by the Python interpreter? Give the number that convinces you. One point lies far below the
#    roof at its intensity, although no byte is to blame: which, and why? Is any point above the
#    memory roof, and how can that be?

# %% [markdown] tags=["answer"]
# **1.**
#
# **2.**
#
# **3.**
#
# **4 and 5.** *Your report goes here.*
