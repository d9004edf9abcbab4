# %% [markdown]
# # Spectral clustering
#
# **Which texts belong together, when nobody has said so?** A language model is trained on billions
# of pages without labels. Before the first step of training they are sorted: near-duplicates out,
# domains apart, so that the mixture can be chosen. Whoever looks inside a trained model asks the
# same question of its word vectors. Sorting without labels is called *clustering*.
#
# The usual tool, $k$-means, asks of each point which centre is nearest. Its borders are straight
# lines, and its clusters are round. Groups of texts are not round: Act I of a play need not be like
# Act V, as long as each act is like the next. Spectral clustering asks instead **who knows whom**:
#
# ```text
# points  ──q1──▶  graph  ──q2──▶  Laplacian  ──q3──▶  eigenvectors  ──q4, q5──▶  clusters
# (n, d)           (n, n)          (n, n)              (n, k)                     n labels
# ```
#
# You will write every arrow, the eigenvalue solver included. Then you judge the result with and
# without true labels (q6), let the eigenvalues say how many clusters there are and sort words (q7),
# and do it all for 20 000 points without ever making the graph (q8). At the end 186 acts of
# Shakespeare look for their own play.
#
# **Conventions.** $X$ has shape $(n, d)$, one point per row; arguments may be anything that
# `np.asarray` turns into floats. A graph of $n$ vertices is its matrix of weights $W$, shape
# $(n, n)$: symmetric, not negative, 0 where there is no edge. It may be a NumPy array or a SciPy
# sparse array. Results are float64. `rng` is a `numpy.random.Generator`, the only source of
# chance. Bad arguments raise `ValueError` with a message that names the argument. What the caller
# passes in is never modified.
#
# **Rules.** NumPy and `scipy.sparse`. From `scipy.sparse.linalg` you may take factorisations and
# solvers of linear systems (`splu`, `spsolve`, `cg`), but no eigenvalue solver (`eigsh`, `eigs`,
# `lobpcg`, `svds`): that is q3. Nothing of `scipy.spatial` and `scipy.cluster`, no
# `scipy.sparse.csgraph.laplacian`. `np.linalg.eigh` is yours to use on small matrices.

# %% tags=["active-ipynb"]
# # One thread, so that times can be compared. It has to happen before NumPy is imported.
# import os
#
# for library in ("OPENBLAS", "MKL", "OMP", "VECLIB"):
#     threads = "MAXIMUM_THREADS" if library == "VECLIB" else "NUM_THREADS"
#     os.environ[f"{library}_{threads}"] = "1"

# %%
import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

# %% [markdown]
# ## q1 · From points to a graph
#
# Three ways to say how well two points know each other.
#
# *Everybody, by distance* (radial basis function), with a scale $\gamma > 0$ that says how fast
# acquaintance fades:
#
# $$W_{ij} = \exp\bigl(-\gamma\,\lVert x_i - x_j\rVert^2\bigr)\quad (i \ne j).$$
#
# *Everybody, by direction*, for word counts and embeddings, where length says little. What points
# apart does not know each other at all, hence the clipping; a zero vector knows nobody:
#
# $$W_{ij} = \max\Bigl(0,\ \frac{x_i \cdot x_j}{\lVert x_i\rVert\,\lVert x_j\rVert}\Bigr)
# \quad (i \ne j).$$
#
# *Only the $k$ nearest.* Each point names its $k$ nearest others. There is an edge of weight 1
# between $i$ and $j$ if **either** names the other, or, in the *mutual* graph, if **both** do. A
# point never knows itself: $W_{ii} = 0$ in all three.
#
# **By hand.** Four points on a line, at 0, 1, 3 and 7, and $k = 1$. They name 1, 0, 1 and 3.
#
# | | edges | $W$ |
# | --- | --- | --- |
# | either | 0–1, 1–3, 3–7 | a chain |
# | both | 0–1 | one pair and two hermits |
#
# Who names whom is *not* symmetric (7 names 3, 3 names 1), and the Laplacian needs a symmetric
# graph: forgetting this step is the commonest mistake of all. If the point at 1 has neighbours at 0
# and 2, equally near, and may name only one, it names the one that comes first in $X$.
#
# The third kind is the one that scales. For $n$ points it has between $nk/2$ and $nk$ edges, so it
# is stored as CSR (`matmul`, q5). On the way to it do not make all $n^2$ distances at once: take a
# block of rows, find their neighbours, forget the distances. And do not trust that the nearest
# point of all is the point itself: there may be two at the same place.


# %% tags=["q1"]
# BEGIN SOLUTION NO PROMPT
def _points(x, name="x"):
    """A copy-free 2-D float array."""
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2 or len(x) == 0:
        raise ValueError(f"{name} must have shape (n, d) with n >= 1, not {x.shape}")
    return x


def _in_range(name, value, low, high):
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low} and {high}, not {value}")


def _squared_distances(a, b):
    """Squared Euclidean distance of each row of a (n, d) to each row of b (m, d), shape (n, m)."""
    squared = a @ (-2.0 * b.T)  # |a - b|² = |a|² - 2 a·b + |b|², mostly one matrix product
    squared += np.einsum("nd,nd->n", a, a)[:, None]
    squared += np.einsum("md,md->m", b, b)
    return np.maximum(squared, 0.0, out=squared)  # rounding may leave -1e-16


# END SOLUTION


def rbf_affinity(x, gamma):
    """Affinity that fades with distance.

    Args:
        x: array-like of shape (n, d).
        gamma: a number > 0.

    Returns:
        Array W of shape (n, n): W[i, j] = exp(-gamma · |x[i] - x[j]|²), symmetric, with a diagonal
        of zeros. Points at the same place have affinity 1. Coordinates that share a large offset
        do no harm.

    Raises:
        ValueError: `x` is not 2-D, or `gamma` is not positive.
    """
    # BEGIN SOLUTION
    x = _points(x)
    if not gamma > 0:
        raise ValueError(f"gamma must be positive, not {gamma}")
    x = x - x[0]  # a common offset would cost the squared distances their digits
    w = np.exp(-gamma * _squared_distances(x, x))
    np.fill_diagonal(w, 0.0)
    return w
    # END SOLUTION


def cosine_affinity(x):
    """Affinity by direction.

    Args:
        x: array-like of shape (n, d).

    Returns:
        Array W of shape (n, n): the cosine of the angle between x[i] and x[j], clipped to [0, 1];
        symmetric, with a diagonal of zeros. The row and column of a zero vector are 0.

    Raises:
        ValueError: `x` is not 2-D.
    """
    # BEGIN SOLUTION
    x = _points(x)
    length = np.linalg.norm(x, axis=1, keepdims=True)
    unit = x / np.where(length > 0, length, 1.0)
    w = np.clip(unit @ unit.T, 0.0, 1.0)
    np.fill_diagonal(w, 0.0)
    return w
    # END SOLUTION


def knn_graph(x, k, mutual=False):
    """The graph of the k nearest neighbours.

    Args:
        x: array-like of shape (n, d).
        k: how many others each point names, 1 <= k < n. Nearest are those with the smallest
            Euclidean distance; among equally near ones those with the smaller index come first. A
            point never names itself, but it does name others at the same place.
        mutual: whether both have to name each other (True), or one is enough (False).

    Returns:
        SciPy sparse array (or matrix) in CSR format, shape (n, n), symmetric, with ones (float64)
        for edges and nothing else stored. Memory beyond the result is that of a few blocks of rows:
        for 4 000 points the peak is below 64 MB, half of what all distances would take.

    Raises:
        ValueError: `x` is not 2-D, or `k` is not in 1 … n - 1.
    """
    # BEGIN SOLUTION
    x = _points(x)
    n = len(x)
    _in_range("k", k, 1, n - 1)
    x = x - x[0]  # a common offset would cost the squared distances their digits
    named = np.empty((n, k), dtype=np.intp)  # row i: whom point i names
    for start in range(0, n, BLOCK):
        own = np.arange(start, min(start + BLOCK, n))
        squared = _squared_distances(x[own], x)  # (block, n)
        squared[own - start, own] = np.inf  # not itself
        for i, row in zip(own, squared):
            near = np.flatnonzero(row <= np.partition(row, k - 1)[k - 1])  # more than k if tied
            named[i] = near[np.argsort(row[near], kind="stable")[:k]]
    rows = np.repeat(np.arange(n), k)
    graph = sp.csr_array((np.ones(n * k), (rows, named.ravel())), shape=(n, n))
    return sp.csr_array(graph.multiply(graph.T)) if mutual else graph.maximum(graph.T)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
BLOCK = 64  # rows of distances at a time


# END SOLUTION


# %% [markdown]
# ## q2 · The Laplacian
#
# Let $d_i = \sum_j W_{ij}$ be the *degree* of vertex $i$ and $D$ the diagonal matrix of the
# degrees. Three matrices go by the name of graph Laplacian:
#
# $$L = D - W, \qquad L_{\mathrm{sym}} = I - D^{-1/2}\,W D^{-1/2}, \qquad
#   L_{\mathrm{rw}} = I - D^{-1} W .$$
#
# Why this matrix? Give each vertex a number, a vector $f$ of shape $(n,)$. Then
#
# $$f^\top L f = \tfrac12 \sum_{i,j} W_{ij}\,(f_i - f_j)^2 :$$
#
# it measures how much $f$ differs between vertices that know each other. It is 0 exactly when $f$
# is constant on every connected piece. So *the number of eigenvalues 0 is the number of connected
# components*, and their eigenvectors say who is in which. Where the pieces hang together by a few
# thin edges the eigenvalues are not 0 but small, and their eigenvectors are nearly constant on each
# piece. Clustering becomes reading eigenvectors. (An attention matrix with rows that sum to 1 is
# also a $D^{-1}W$: the third Laplacian belongs to a random walk from token to token.)
#
# ![Two groups of four vertices joined by one thin edge, and beside it the eigenvector of the second
# smallest eigenvalue: about minus a third on the one group, plus a third on the other, and a little
# less at the bridge](laplacian.svg)
#
# **By hand.** The chain of three vertices, $0 - 1 - 2$, has degrees $1, 2, 1$:
#
# $$W=\begin{pmatrix}0&1&0\\1&0&1\\0&1&0\end{pmatrix},\quad
# L=\begin{pmatrix}1&-1&0\\-1&2&-1\\0&-1&1\end{pmatrix},\quad
# L_{\mathrm{rw}}=\begin{pmatrix}1&-1&0\\-\frac12&1&-\frac12\\0&-1&1\end{pmatrix},$$
#
# and in $L_{\mathrm{sym}}$ the four $-1$ become $-1/\sqrt{1\cdot2} = -0.707$. The eigenvalues of
# $L$ are 0, 1, 3, those of the other two 0, 1, 2. One zero: one piece.
#
# **Hermits.** A vertex without edges has degree 0, and $1/0$ must not happen. It is a component of
# its own, so it needs an eigenvalue 0: its row and column are all zero, *also on the diagonal*,
# where the formula's $I$ would put a 1. Two hermits beside the chain make three zeros.
#
# A sparse graph has a sparse Laplacian. Scale rows and columns with `scipy.sparse.diags_array`,
# and no dense array is ever made.


# %% tags=["q2"]
def laplacian(w, kind):
    """The Laplacian of a graph.

    Args:
        w: weights, shape (n, n): symmetric and not negative. A NumPy array or array-like, or a
            SciPy sparse array or matrix in any format.
        kind: "unnormalized" (D - W), "symmetric" (I - D^-½ W D^-½) or "random-walk" (I - D^-1 W).
            A vertex of degree 0 has a row and a column of zeros, the diagonal included.

    Returns:
        Shape (n, n), float64: a NumPy array if `w` is dense; a SciPy sparse array (or matrix) in
        CSR format if `w` is sparse, made without any dense (n, n) array.

    Raises:
        ValueError: `w` is not square or has a negative weight, or `kind` is none of the three.
    """
    # BEGIN SOLUTION
    sparse = sp.issparse(w)
    w = sp.csr_array(w, dtype=np.float64) if sparse else np.asarray(w, dtype=np.float64)
    if w.ndim != 2 or w.shape[0] != w.shape[1]:
        raise ValueError(f"w must be square, not {w.shape}")
    if ((w.data if sparse else w) < 0).any():
        raise ValueError("w must not have negative weights")
    degree = w.sum(axis=1)  # (n,)
    known = degree > 0
    inverse = np.divide(1.0, degree, out=np.zeros_like(degree), where=known)
    # Each kind is diag(diagonal) - diag(left) W diag(right).
    ones = np.ones_like(degree)
    kinds = {
        "unnormalized": (degree, ones, ones),
        "symmetric": (known.astype(float), np.sqrt(inverse), np.sqrt(inverse)),
        "random-walk": (known.astype(float), inverse, ones),
    }
    if kind not in kinds:
        raise ValueError(f"kind must be one of {', '.join(kinds)}, not {kind!r}")
    diagonal, left, right = kinds[kind]
    if sparse:
        scaled = sp.diags_array(left) @ w @ sp.diags_array(right)
        return sp.csr_array(sp.diags_array(diagonal) - scaled)
    return np.diag(diagonal) - left[:, None] * w * right
    # END SOLUTION


# %% [markdown]
# ## q3 · Lanczos: a few eigenvectors of a large matrix
#
# `np.linalg.eigh` finds all $n$ eigenvectors in about $n^3$ steps, of a matrix written out. We want
# $k$ of them and have, at best, a way to multiply: `matvec(v)` gives $Av$ for a symmetric $A$ of
# shape $(n, n)$. (The curvature of a language model's loss has $10^9$ rows; one product with it
# costs two backward passes. Its largest eigenvalues are found in just this way.)
#
# Start with a random unit vector $q_0$ and multiply again and again. $q_0, Aq_0, A^2q_0, \dots$ all
# turn towards the same direction, so make each new one orthogonal to those before:
#
# $$w = A q_j, \qquad h_i = q_i \cdot w, \qquad w \leftarrow w - \sum_{i\le j} h_i\,q_i, \qquad
# \beta = \lVert w\rVert, \qquad q_{j+1} = w/\beta .$$
#
# After $m$ steps $Q = (q_0, \dots, q_{m-1})$ has shape $(n, m)$ and $T = Q^\top A\,Q$, shape
# $(m, m)$, is tridiagonal; its column $j$ holds the $h_i$. The eigenvalues $\theta$ of this small
# matrix approach the smallest and the largest ones of $A$ first. If $Ts = \theta s$, then $Qs$ is
# nearly an eigenvector of $A$, and how nearly is known without another product:
#
# $$\lVert A(Qs) - \theta\,(Qs)\rVert = \beta_m\,\lvert s_{m-1}\rvert .$$
#
# **By hand.** $L$ of the chain $0-1-2$ above, and $q_0 = (1, 0, 0)$:
#
# | $j$ | $Aq_j$ | $h$ | $\beta$ | $q_{j+1}$ | eigenvalues of $T$ |
# | --- | --- | --- | --- | --- | --- |
# | 0 | $(1,-1,0)$ | 1 | 1 | $(0,-1,0)$ | 1 |
# | 1 | $(1,-2,1)$ | 1, 2 | 1 | $(0,0,1)$ | 0.38, 2.62 |
# | 2 | $(0,-1,1)$ | 0, 1, 1 | 0 | | 0, 1, 3 |
#
# Three things make the difference between this and a solver:
#
# 1. **Ghosts.** On paper only $h_{j-1}$ and $h_j$ differ from 0. With rounding, directions already
#    found grow back, and $T$ shows the same eigenvalue twice and three times. Subtract *all*
#    $q_i$, and do it twice: once leaves a rounding error of the size that matters.
# 2. **Restarts.** $Q$ must not grow for ever. When it has $m = 20 + 2k$ columns, keep the $(k +
#    m)/2$ vectors $Qs$ with the smallest $\theta$ as the first columns of a new $Q$ (then $T$
#    starts as the diagonal matrix of their $\theta$), put $q_m$ after them and go on. Done when the
#    first $k$ residuals are at most `tol` $\cdot\,|A|$. For $|A|$, which nobody knows, take the
#    largest $|\theta|$ that you have seen.
# 3. **Twins.** From one $q_0$ only one direction per eigenvalue can ever come: all of $A^jq_0$ lie
#    in a space in which each eigenvalue occurs once. A graph of two pieces has the eigenvalue 0
#    twice, and exactly the second vector is what clustering is after! *Deflation* finds it: start
#    afresh from a random vector and keep it orthogonal to all eigenvectors found so far as well;
#    stop only when what comes out is no smaller than the $k$-th that you have, that is, at least
#    $\lambda_k -$ `tol` $\cdot\,|A|$ (a twin differs from its twin by rounding).
#
# ![The smallest and largest eigenvalues of T, step by step, move towards the eigenvalues of A: the
# outermost ones arrive first, the inner ones later](lanczos.svg)
#
# And if $\beta = 0$? Then the $q_i$ span a space that $A$ does not leave. Go on with a random
# vector that is orthogonal to all of them.


# %% tags=["q3"]
def lanczos(matvec, n, k, rng, tol=1e-10):
    """The k smallest eigenvalues of a symmetric matrix, and their eigenvectors.

    Args:
        matvec: function that takes an array of shape (n,) and returns the product A v, shape (n,),
            for a real symmetric matrix A. It is all that is known of A.
        n: number of rows of A, an integer >= 1.
        k: how many eigenpairs, 1 <= k <= n.
        rng: a `numpy.random.Generator`, for start vectors.
        tol: a pair (λ, v) is good enough when |A v - λ v| <= tol · |A|, with |A| the largest
            |eigenvalue|.

    Returns:
        `(values, vectors)`: shape (k,), ascending, and (n, k), orthonormal columns. "Smallest" is
        as for real numbers: -3 is smaller than 1. An eigenvalue of multiplicity m occurs m times
        (as far as k reaches), with m orthogonal vectors.

        No (n, n) array is made, and if the wanted eigenvalues (and the next one) stand apart from
        the rest, far fewer than n products are formed: n = 3 000 with k = 4 takes less than 1 000.

    Raises:
        ValueError: `n` < 1, `k` is not in 1 … n, or `tol` is not positive.
    """
    # BEGIN SOLUTION
    _in_range("n", n, 1, np.inf)
    _in_range("k", k, 1, n)
    if not tol > 0:
        raise ValueError(f"tol must be positive, not {tol}")
    values, vectors = np.empty(0), np.empty((n, 0))
    while len(values) < n:
        missing = max(k - len(values), 1)
        more, new, size = _smallest_beside(vectors, matvec, missing, rng, tol)
        if len(values) >= k and more[0] >= values[k - 1] - tol * size:
            break  # nothing smaller is left beside what was found
        values, vectors = np.append(values, more), np.hstack([vectors, new])
        order = np.argsort(values)
        values, vectors = values[order], vectors[:, order]
    return values[:k], vectors[:, :k]
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _smallest_beside(known, matvec, k, rng, tol):
    """The k smallest eigenpairs among vectors orthogonal to `known` (n, c), where twins come once.

    Lanczos with restarts: `q` holds `known` and then the basis Q; as every new vector is made
    orthogonal to all of `q`, the coefficients are a column of T, before and after a restart.

    Returns:
        Values (k,), vectors (n, k), and the largest |θ| that was seen, which stands for |A|. There
        may be fewer than k if the space is too small.
    """
    n, c = known.shape
    size = min(2 * k + 20, n - c)
    k = min(k, size)
    q = np.empty((n, c + size), order="F")  # columns are contiguous
    q[:, :c] = known
    t = np.zeros((size, size))  # upper triangle of Qᵀ A Q
    v, kept, largest = _fresh(known, rng), 0, 0.0
    for _ in range(10_000):
        for j in range(kept, size):
            q[:, c + j] = v
            span = q[:, : c + j + 1]
            w = np.array(matvec(v), dtype=np.float64)
            for _ in range(2):  # once leaves the rounding errors that grow into ghosts
                h = span.T @ w
                w -= span @ h
                t[: j + 1, j] += h[c:]
            beta = np.linalg.norm(w)
            if beta > 1e-14 * np.abs(t).max():
                v = w / beta
            else:  # A does not leave this space: go on with any other direction
                beta, v = 0.0, _fresh(span, rng)
        theta, s = np.linalg.eigh(t, UPLO="U")
        largest = max(largest, np.abs(theta).max())
        residuals = beta * np.abs(s[-1, :k])
        if (residuals <= max(tol, 1e-15) * largest).all():
            return theta[:k], q[:, c:] @ s[:, :k], largest
        kept = (k + size) // 2
        q[:, c : c + kept] = q[:, c:] @ s[:, :kept]
        t[:] = 0.0
        t[range(kept), range(kept)] = theta[:kept]
    raise RuntimeError("lanczos does not converge: is the matrix symmetric?")


def _fresh(span, rng):
    """A random unit vector orthogonal to the columns of `span`; zeros if they fill the space."""
    n, taken = span.shape
    v = rng.standard_normal(n) if taken < n else np.zeros(n)
    for _ in range(2 if taken < n else 0):
        v -= span @ (span.T @ v)
        v /= np.linalg.norm(v)
    return v


# END SOLUTION


# %% [markdown]
# **For your report, 1 (2 points).** Count the products that `lanczos` needs for two eigenvectors on
# moons of 250, 500, 1 000 and 2 000 points: for $L_{\mathrm{sym}}$ itself, and (after q5) for the
# inverse. How do both grow, and why?

# %% [markdown]
# ## q4 · $k$-means
#
# $k$ centres $c_0, \dots, c_{k-1}$, and for each point the label of its nearest one. *Inertia* is
# what is left over:
#
# $$\mathrm{inertia} = \sum_{i=0}^{n-1} \lVert x_i - c_{\mathrm{label}(i)}\rVert^2 .$$
#
# Lloyd's two steps take turns: every point takes the label of the nearest centre; every centre
# moves to the mean of its points. Neither step can raise the inertia, there are finitely many
# labellings, so it ends: when no label changes any more. (In floats the mean of points at one place
# may lie beside it, and two labellings can take turns for ever: stop, too, when the inertia no
# longer falls.)
#
# **By hand.** Points 0, 1, 9, 10 on a line, $k = 2$, unlucky centres 0 and 1:
#
# | centres | labels | inertia with these centres |
# | --- | --- | --- |
# | 0, 1 | 0 1 1 1 | 0 + 0 + 64 + 81 = 145 |
# | 0, 6.67 | 0 0 1 1 | 0 + 1 + 5.4 + 11.1 = 17.6 |
# | 0.5, 9.5 | 0 0 1 1 | 1 |
#
# It ends in *a* minimum, not in the best one. Two remedies. **k-means++** chooses the first centre
# at random from the points, and each further one with a probability proportional to the squared
# distance to the nearest centre so far: far-off groups get one too. And the whole is done `n_init`
# times; the run with the smallest inertia counts.
#
# **Empty clusters.** If no point is nearest to a centre its mean is 0/0. Move that centre to the
# point that is farthest from its own centre. With fewer distinct points than centres some cluster
# stays empty, which is no reason for NaN. And if every point coincides with a centre already, the
# probabilities of k-means++ are 0/0 too.


# %% tags=["q4"]
def kmeans(x, k, rng, n_init=10):
    """Cluster points around k centres, by Lloyd's algorithm from k-means++ starts.

    Args:
        x: array-like of shape (n, d).
        k: number of centres, 1 <= k <= n.
        rng: a `numpy.random.Generator`.
        n_init: number of independent runs, an integer >= 1.

    Returns:
        `(labels, centers, inertia)` of the run with the smallest inertia: integers of shape (n,) in
        0 … k - 1; shape (k, d), finite; a float. They belong together: each point has the label of
        a nearest centre, each centre with points is their mean, `inertia` is the sum of squared
        distances of the points to their centres. No cluster is empty if there are at least k
        distinct points. Coordinates that share a large offset do no harm.

    Raises:
        ValueError: `x` is not 2-D, `k` is not in 1 … n, or `n_init` < 1.
    """
    # BEGIN SOLUTION
    x = _points(x)
    _in_range("k", k, 1, len(x))
    _in_range("n_init", n_init, 1, np.inf)
    origin = x[0].copy()
    x = x - origin
    runs = (_lloyd(x, _spread(x, k, rng)) for _ in range(n_init))
    labels, centers, inertia = min(runs, key=lambda run: run[2])
    return labels, centers + origin, inertia
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
def _spread(x, k, rng):
    """k-means++: k of the points, each far from those before it. Shape (k, d)."""
    centers = np.empty((k, x.shape[1]))
    weight = np.ones(len(x))
    for j in range(k):
        total = weight.cumsum()
        if total[-1] > 0:
            pick = np.searchsorted(total, rng.random() * total[-1], side="right")
        else:  # every point is a centre already
            pick = rng.integers(len(x))
        centers[j] = x[pick]
        distance = ((x - centers[j]) ** 2).sum(axis=1)  # exactly 0 for the point itself
        weight = distance if j == 0 else np.minimum(weight, distance)
    return centers


def _lloyd(x, centers):
    """Labels, means and inertia when nothing moves any more."""
    k = len(centers)
    labels, inertia = None, np.inf
    while True:
        squared = _squared_distances(x, centers)  # (n, k)
        nearest = squared.argmin(axis=1)
        distance = squared[np.arange(len(x)), nearest]
        if np.array_equal(nearest, labels) or distance.sum() >= inertia:
            return labels, centers, float(((x - centers[labels]) ** 2).sum())
        labels, inertia = nearest, distance.sum()
        counts = np.bincount(labels, minlength=k)
        sums = np.stack([np.bincount(labels, column, k) for column in x.T], axis=1)
        filled = counts > 0
        centers = centers.copy()
        centers[filled] = sums[filled] / counts[filled, None]
        empty = np.flatnonzero(~filled)
        centers[empty] = x[np.argsort(-distance)[: len(empty)]]


# END SOLUTION


# %% [markdown]
# ## q5 · Spectral clustering
#
# Put it together (Ng, Jordan and Weiss, 2001). From the graph $W$:
#
# 1. the $k$ eigenvectors of $L_{\mathrm{sym}}$ with the *smallest* eigenvalues, as columns of $U$,
#    shape $(n, k)$;
# 2. every *row* of $U$ scaled to length 1;
# 3. $k$-means on the rows.
#
# Vertex $i$ of the graph has become row $i$: a point on the unit sphere in $k$ dimensions.
#
# **By hand.** Two pieces, a pair $\{0,1\}$ and a chain $2-3-4$. The eigenvalue 0 occurs twice, with
# eigenvectors $D^{1/2}$ times the indicator of each piece:
#
# $$U = \begin{pmatrix}1/\sqrt2&0\\1/\sqrt2&0\\0&1/2\\0&1/\sqrt2\\0&1/2\end{pmatrix}
# \ \xrightarrow{\text{rows to length 1}}\
# \begin{pmatrix}1&0\\1&0\\0&1\\0&1\\0&1\end{pmatrix}.$$
#
# Two points, two clusters, whatever shape the pieces had. (A solver may return any rotation of
# these two columns. The rows turn together, and $k$-means does not mind.) Without step 2 popular
# vertices lie far out and hermits near the origin, and $k$-means would sort by popularity.
#
# **How many neighbours?** Fewer than a cluster has other points. Of two far blobs of ten points
# each has nine others in its blob: with `neighbors=10` everybody must name somebody in the other
# blob, and a point that is named by many may fall to the other side; with 9 the blobs are two
# pieces. (In scikit-learn the point itself is the first of its `n_neighbors`, so 10 there are 9
# here; and where only one of two names the other, its edge has weight ½.)
#
# **Speed.** Lanczos finds eigenvalues quickly when they stand apart from the rest. Small ones of a
# Laplacian do not: 0, 0.0001, 0.0004 in a spectrum that reaches to 2. Those of the *inverse* do.
# With a small $\sigma > 0$ (so that there is an inverse at all),
#
# $$(L_{\mathrm{sym}} + \sigma I)\,u = (\lambda + \sigma)\,u \iff
#   (L_{\mathrm{sym}} + \sigma I)^{-1} u = \frac{1}{\lambda + \sigma}\,u :$$
#
# for $\sigma = 10^{-4}$ these three become 10 000, 5 000, 2 000, and all others are small. The
# eigenvectors are the same. So give your `lanczos` not $v \mapsto L_{\mathrm{sym}}v$, but
# $v \mapsto -(L_{\mathrm{sym}} + \sigma I)^{-1}v$: `splu` factorises once (a symmetric graph likes
# `permc_spec="MMD_AT_PLUS_A"`), `.solve(v)` is then as cheap as a product. This is *shift-invert*.
# On thousands of points it is dozens of times faster.


# %% tags=["q5"]
def spectral_embedding(w, k):
    """Coordinates of the vertices of a graph from its Laplacian.

    Args:
        w: weights, shape (n, n): dense or sparse, as in `laplacian`.
        k: number of coordinates, 1 <= k <= n.

    Returns:
        Array of shape (n, k): the eigenvectors of the symmetric Laplacian with the k smallest
        eigenvalues, as columns; then each row scaled to length 1 (a row of zeros stays as it is).
        Any orthonormal basis of these eigenvectors will do; the same call gives the same result.
        For a sparse graph of 3 000 vertices with 10 neighbours each it takes not much longer than
        SciPy's shift-invert solver.

    Raises:
        ValueError: `w` is not square or has a negative weight, or `k` is not in 1 … n.
    """
    # BEGIN SOLUTION
    matrix = laplacian(w, "symmetric")
    n = matrix.shape[0]
    _in_range("k", k, 1, n)
    # The inverse turns small eigenvalues, crowded near 0, into large ones that stand apart.
    if sp.issparse(matrix):
        shifted = (matrix + SHIFT * sp.eye_array(n)).tocsc()
        options = {"SymmetricMode": True}  # positive definite: no pivoting, less fill-in
        factors = splu(shifted, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
        solve = factors.solve
    else:
        inverse = np.linalg.inv(matrix + SHIFT * np.eye(n))
        solve = inverse.__matmul__
    _, u = lanczos(lambda v: -solve(v), n, k, np.random.default_rng(0), tol=1e-12)
    length = np.linalg.norm(u, axis=1, keepdims=True)
    return u / np.where(length > 0, length, 1.0)
    # END SOLUTION


# BEGIN SOLUTION NO PROMPT
SHIFT = 1e-4


# END SOLUTION


def spectral_clustering(x, k, rng, affinity="knn", neighbors=10, gamma=1.0, n_init=10):
    """Cluster points, or the vertices of a graph.

    Args:
        x: array-like of shape (n, d); for affinity "precomputed" the weights, shape (n, n), dense
            or sparse.
        k: number of clusters, 1 <= k <= n.
        rng: a `numpy.random.Generator`.
        affinity: "knn" (`knn_graph`, an edge when either names the other), "rbf" (`rbf_affinity`),
            "cosine" (`cosine_affinity`) or "precomputed".
        neighbors: how many others a point names, for "knn". (scikit-learn's `n_neighbors` counts
            the point itself: its 10 are 9 here.)
        gamma: scale, for "rbf".
        n_init: number of runs of `kmeans`.

    Returns:
        Integers of shape (n,), labels in 0 … k - 1.

    Raises:
        ValueError: `affinity` is none of the four, or another argument is refused by one of the
            steps (`k`, `neighbors`, `gamma`, `n_init`, the shape of `x`).
    """
    # BEGIN SOLUTION
    if affinity == "knn":
        w = knn_graph(x, neighbors)
    elif affinity == "rbf":
        w = rbf_affinity(x, gamma)
    elif affinity == "cosine":
        w = cosine_affinity(x)
    elif affinity == "precomputed":
        w = x
    else:
        raise ValueError(f"affinity must be knn, rbf, cosine or precomputed, not {affinity!r}")
    labels, _, _ = kmeans(spectral_embedding(w, k), k, rng, n_init)
    return labels
    # END SOLUTION


# %% [markdown]
# Look at what you have. Two moons, two rings, and two threads with a ball between them: what
# $k$-means makes of them, the graph with its second eigenvector as colour, and what spectral
# clustering makes of them. (About ten seconds.)

# %% tags=["active-ipynb"]
# import matplotlib.pyplot as plt
# from matplotlib.collections import LineCollection
#
# from autograder import data
#
# plt.rcParams.update(
#     {"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
# )
# ORANGE, BLUE = "#e07b39", "#2f6f9f"
#
#
# def pieces(rng):
#     """Two long threads that cross no gap, and a ball between them."""
#     t = rng.random((2, 150, 1)) * 6
#     lower, upper = np.hstack([t[0], 0.15 * t[0]]), np.hstack([t[1], 0.15 * t[1] + 2.4])
#     threads = np.concatenate([lower, upper])
#     ball = 0.2 * rng.standard_normal((100, 2)) + (3.0, 1.65)
#     labels = np.repeat([0, 1, 2], [150, 150, 100])
#     return np.concatenate([threads + 0.06 * rng.standard_normal((300, 2)), ball]), labels
#
#
# rng = np.random.default_rng(1)
# shapes = {
#     "two moons": (*data.two_moons(400, 0.07, rng), 2),
#     "two rings": (*data.circles(400, 0.05, rng, factor=0.5), 2),
#     "threads and a ball": (*pieces(rng), 3),
# }
# PALETTE = np.array([ORANGE, BLUE, "#5a9e6f"])
#
# figure, grid = plt.subplots(3, 3, figsize=(11, 9.5), layout="constrained")
# for row, (name, (x, truth, k)) in zip(grid, shapes.items()):
#     w = knn_graph(x, 10)
#     by_center = kmeans(x, k, np.random.default_rng(0))[0]
#     by_graph = spectral_clustering(x, k, np.random.default_rng(0))
#     matrix = laplacian(w, "symmetric")
#     _, u = lanczos(lambda v: matrix @ v, len(x), 2, np.random.default_rng(0), tol=1e-6)
#     for axes, labels in ((row[0], by_center), (row[2], by_graph)):
#         axes.scatter(*x.T, c=PALETTE[labels], s=14, linewidths=0)
#         score = sum(
#             (np.bincount(truth[labels == c], minlength=k).max() if (labels == c).any() else 0)
#             for c in range(k)
#         ) / len(x)
#         axes.text(0.5, -0.06, f"{score:.0%} in the right company", ha="center",
#                   transform=axes.transAxes, color="0.35")
#     edges = sp.coo_array(sp.triu(w))
#     lines = np.stack([x[edges.coords[0]], x[edges.coords[1]]], axis=1)
#     row[1].add_collection(LineCollection(lines, colors="0.8", linewidths=0.5, zorder=0))
#     second = u[:, 1] / np.sqrt(np.ravel(w.sum(axis=1)))
#     row[1].scatter(*x.T, c=second, cmap="coolwarm", s=14, linewidths=0)
#     row[0].set_ylabel(name, fontsize=12)
#     for axes in row:
#         axes.set_aspect("equal", adjustable="datalim")
#         axes.set(xticks=[], yticks=[])
#         axes.spines[:].set_visible(False)
# for axes, title in zip(grid[0], ("k-means", "who knows whom, and eigenvector 2", "spectral")):
#     axes.set_title(title, fontsize=12)
# plt.show()

# %% [markdown]
# ## q6 · How good is a clustering?
#
# **Without the truth**, by geometry. For point $i$ in cluster $C$ let $a_i$ be its mean distance to
# the *other* points of $C$, and $b_i$ the smallest, over the other clusters, of its mean distances
# to their points. The *silhouette* of the clustering is the mean over all points of
#
# $$s_i = \frac{b_i - a_i}{\max(a_i, b_i)} \in [-1, 1],\qquad s_i = 0 \text{ if } i
# \text{ is alone in } C.$$
#
# *Davies–Bouldin* compares clusters: $m_c$ is the mean of cluster $c$, $S_c$ the mean distance of
# its points to $m_c$, and over all clusters $c$ it averages the worst neighbour (small is good):
#
# $$\frac1k\sum_c \max_{e\neq c} \frac{S_c + S_e}{\lVert m_c - m_e\rVert} .$$
#
# **With the truth**, by pairs, because label names mean nothing. Cross-tabulate the two labellings:
# $n_{ce}$ points have label $c$ in the one and $e$ in the other, $r_c$ and $s_e$ are the sums of
# rows and columns. Pairs of points that are together in both labellings, in the first, in the
# second, at all:
#
# $$P=\sum_{c,e}\binom{n_{ce}}2,\quad A=\sum_c\binom{r_c}2,\quad B=\sum_e\binom{s_e}2,\quad
# N = \binom n2 .$$
#
# By chance alone $P$ would be about $AB/N$. The *adjusted Rand index* is 1 for equal partitions and
# 0 on average for unrelated ones:
#
# $$\mathrm{ARI} = \frac{P - AB/N}{\tfrac12(A+B) - AB/N} .$$
#
# When both labellings put all points together, or both put all apart, it is 0/0, and means 1.
#
# **By hand.** Points 0, 2, 6 on a line, clusters $\{0, 2\}$ and $\{6\}$. Silhouettes $(6-2)/6$,
# $(4-2)/4$ and 0, on average 0.389. Davies–Bouldin: means 1 and 6, $S = 1$ and $0$, so
# $(1+0)/5 = 0.2$. And for labels 0 0 1 1 against 0 0 0 1: $P=1$, $A=2$, $B=3$, $N=6$,
# $\mathrm{ARI} = (1-1)/(2.5-1) = 0$: no better than chance, although three of four "agree".


# %% tags=["q6"]
# BEGIN SOLUTION NO PROMPT
def _codes(labels, name="labels"):
    """Any hashable labels as integers 0, 1, … in order of appearance; shape (n,)."""
    if isinstance(labels, np.ndarray):
        if labels.ndim != 1:
            raise ValueError(f"{name} must be one label per point, not of shape {labels.shape}")
        labels = labels.tolist()
    number = {}
    return np.array([number.setdefault(label, len(number)) for label in labels], dtype=np.intp)


def _clusters(x, labels):
    """Points, codes of their labels, and the clusters' sizes (k,), of which there are several."""
    x, codes = _points(x), _codes(labels)
    if len(codes) != len(x):
        raise ValueError(f"labels must be {len(x)} in number, one per row of x, not {len(codes)}")
    sizes = np.bincount(codes)
    if len(sizes) < 2:
        raise ValueError("labels must name at least two clusters")
    return x, codes, sizes


# END SOLUTION


def silhouette(x, labels):
    """Mean silhouette of a clustering, with Euclidean distances.

    Args:
        x: array-like of shape (n, d).
        labels: n labels, any hashable values (integers, strings, …), as an array, list or tuple.

    Returns:
        A float in [-1, 1]. A point that is alone in its cluster counts as 0, and so does one whose
        a and b are both 0.

    Raises:
        ValueError: `x` is not 2-D, the number of `labels` is not n, or they name one cluster only.
    """
    # BEGIN SOLUTION
    x, codes, sizes = _clusters(x, labels)
    n, k = len(x), len(sizes)
    x = x - x[0]
    member = np.eye(k)[codes]  # (n, k)
    total = np.empty((n, k))  # total[i, c]: distances of point i to all points of cluster c
    for start in range(0, n, 256):
        rows = np.arange(start, min(start + 256, n))
        distance = np.sqrt(_squared_distances(x[rows], x))
        distance[rows - start, rows] = 0.0
        total[rows] = distance @ member
    own = (np.arange(n), codes)
    a = total[own] / np.maximum(sizes[codes] - 1, 1)  # the point itself does not count
    mean = total / sizes
    mean[own] = np.inf
    b = mean.min(axis=1)
    larger = np.maximum(a, b)
    s = np.divide(b - a, larger, out=np.zeros(n), where=(larger > 0) & (sizes[codes] > 1))
    return float(s.mean())
    # END SOLUTION


def davies_bouldin(x, labels):
    """Davies-Bouldin index of a clustering: 0 is best.

    Args:
        x: array-like of shape (n, d).
        labels: n labels, any hashable values. (No two clusters have the same mean.)

    Returns:
        A float >= 0.

    Raises:
        ValueError: `x` is not 2-D, the number of `labels` is not n, or they name one cluster only.
    """
    # BEGIN SOLUTION
    x, codes, sizes = _clusters(x, labels)
    centers = np.stack([x[codes == c].mean(axis=0) for c in range(len(sizes))])  # (k, d)
    spread = np.bincount(codes, np.linalg.norm(x - centers[codes], axis=1)) / sizes  # (k,)
    apart = np.linalg.norm(centers[:, None] - centers, axis=2)  # (k, k)
    np.fill_diagonal(apart, np.inf)  # a cluster is not its own neighbour
    return float(((spread[:, None] + spread) / apart).max(axis=1).mean())
    # END SOLUTION


def adjusted_rand(a, b):
    """Adjusted Rand index of two labellings of the same points.

    Args:
        a, b: n >= 1 labels each, any hashable values; the names need not correspond.

    Returns:
        A float <= 1: symmetric in a and b, the same whatever the labels are called, exact for any
        number of points. 1 if both labellings are trivial in the same way (all together, or all
        apart).

    Raises:
        ValueError: `a` and `b` do not have the same length, or no labels at all.
    """
    # BEGIN SOLUTION
    a, b = _codes(a, "a"), _codes(b, "b")
    if len(a) != len(b) or len(a) == 0:
        raise ValueError(f"a and b must be equally long and not empty, not {len(a)} and {len(b)}")

    def pairs(counts):
        return sum(c * (c - 1) // 2 for c in counts.tolist())  # Python integers do not overflow

    # Number the cells of the cross-table; only those that occur are counted.
    both = np.unique(a * (b.max() + 1) + b, return_counts=True)[1]
    together, first, second = pairs(both), pairs(np.bincount(a)), pairs(np.bincount(b))
    every = len(a) * (len(a) - 1) // 2
    if first == second == together:
        return 1.0
    chance = first * second / every
    return (together - chance) / ((first + second) / 2 - chance)
    # END SOLUTION


# %% [markdown]
# **For your report, 2 (2 points).** The silhouette calls one clustering better than the other, or
# than the truth. When would you believe it, if you had no labels, as with the pages of the web?

# %% [markdown]
# ## q7 · How many clusters? And: words
#
# The eigenvalues know. With $k$ clean clusters $k$ eigenvalues are (nearly) 0 and the next one is
# not. So look for the largest step in the ascending list $\lambda_1 \le \lambda_2 \le \dots$:
#
# $$\hat k = \arg\max_{1 \le k \le k_{\max}} (\lambda_{k+1} - \lambda_k) .$$
#
# **By hand.** $(0,\ 0,\ 0.02,\ 0.5,\ 0.6)$ has the steps $0,\ 0.02,\ 0.48,\ 0.1$: the largest
# follows the third, $\hat k = 3$.
#
# *"You shall know a word by the company it keeps"* (J. R. Firth, 1957): take for each word the
# counts of its neighbours in the text as a vector, the cosine as affinity, and cluster. What comes
# out was never told to anybody: names beside names, kin beside kin, body beside body.


# %% tags=["q7"]
def estimate_k(eigenvalues, k_max):
    """The number of clusters, from the largest gap between neighbouring eigenvalues.

    Args:
        eigenvalues: array-like of shape (m,) with m >= 2, ascending.
        k_max: the largest number to consider, an integer >= 1.

    Returns:
        An int: the k, counted from 1, with k <= k_max and k < m, for which the gap between the k-th
        and the next eigenvalue is largest; the smallest such k on a tie.

    Raises:
        ValueError: fewer than two `eigenvalues`, or `k_max` < 1.
    """
    # BEGIN SOLUTION
    values = np.asarray(eigenvalues, dtype=np.float64)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"eigenvalues must be at least two in a row, not {values.shape}")
    _in_range("k_max", k_max, 1, np.inf)
    return int(np.argmax(np.diff(values)[:k_max])) + 1  # argmax takes the first of equals
    # END SOLUTION


def cluster_words(vectors, vocabulary, k, rng):
    """Group words by the direction of their vectors: spectral clustering with cosine affinity.

    Args:
        vectors: array-like of shape (n, d), a row for each word.
        vocabulary: n words.
        k: number of groups, 1 <= k <= n.
        rng: a `numpy.random.Generator`.

    Returns:
        A list of k lists of words; each word is in one of them. The order of the groups, and of the
        words in a group, is free.

    Raises:
        ValueError: `vectors` is not 2-D, `vocabulary` has another length, or `k` is not in 1 … n.
    """
    # BEGIN SOLUTION
    vectors, vocabulary = _points(vectors, "vectors"), list(vocabulary)
    if len(vocabulary) != len(vectors):
        raise ValueError(f"vocabulary must have {len(vectors)} words, not {len(vocabulary)}")
    _in_range("k", k, 1, len(vectors))
    labels = spectral_clustering(vectors, k, rng, affinity="cosine")
    return [[vocabulary[i] for i in np.flatnonzero(labels == c)] for c in range(k)]
    # END SOLUTION


# %% [markdown]
# Half a minute, most of it for counting:

# %% tags=["active-ipynb"]
# import re
# from collections import Counter
#
# STOP = set(
#     "the and i to of a you my that in is not me it for with be your his this but he have as thou "
#     "him so will what her thy no by all shall if are do we thee on our now from at or they which "
#     "she was there more an am how than o when them then would were us their may had did such "
#     "some where why hath must can one yet who here let should upon these too out up most "
#     "doth art much like say make know give come go well see take tell speak think hear "
#     "i'll ay nor any own though being never ever before tis again hast could might let's".split()
# )
# # A speech is the name of its speaker, a colon, and its lines: the names are taken out.
# SPEAKER = re.compile(r"(?:^|\n\n)[^\n]*:\n")
# words = re.findall(r"[a-z']+", SPEAKER.sub("\n\n", data.shakespeare(38)).lower())
# company = [word for word, _ in Counter(words).most_common(1500)]
# number = {word: i for i, word in enumerate(company)}
# ids = np.array([number.get(word, -1) for word in words])
# together = np.zeros((len(company), len(company)))  # how often two stand at most two words apart
# for distance in (1, 2):
#     a, b = ids[:-distance], ids[distance:]
#     known = (a >= 0) & (b >= 0)
#     np.add.at(together, (a[known], b[known]), 1)
# together += together.T
# expected = np.outer(together.sum(axis=1), together.sum(axis=0)) / together.sum()
# surprise = np.log(np.maximum(together / expected, 1.0))  # positive pointwise information
#
# vocabulary = [word for word in company[:450] if word not in STOP and len(word) > 2][:240]
# vectors = surprise[[number[word] for word in vocabulary]]  # (240, 1500)
# for group in cluster_words(vectors, vocabulary, 20, np.random.default_rng(0)):
#     print(" ".join(group[:14]))

# %% [markdown]
# ## q8 · Twenty thousand points, and no graph
#
# With 20 000 points the dense affinity takes 3.2 GB. But a graph in which everybody knows everybody
# is full of repetition, and $m \ll n$ *landmarks*, points chosen at random, see most of it
# (Nyström's method). Let $C$, shape $(n, m)$, hold the affinities of all points to the landmarks,
# $C_{ij} = \exp(-\gamma\lVert x_i - z_j\rVert^2)$, and $K$, shape $(m, m)$, those of the landmarks
# among themselves (here a point does know itself, $K_{jj} = 1$). Then
#
# $$W \approx C K^{+} C^\top = F F^\top, \qquad
# F = C\,V \Lambda^{-1/2},\ \text{shape } (n, r), \qquad K = V\Lambda V^\top ,$$
#
# where only the $r \le m$ eigenvalues in $\Lambda$ are kept that are not lost in rounding. All else
# follows from the thin matrix $F$, and no $(n, n)$ array is ever made:
#
# | | exact | with $F$ | shape |
# | --- | --- | --- | --- |
# | degrees | $W\mathbf 1$ | $F\,(F^\top\mathbf 1)$ | $(n,)$ |
# | scaled | $D^{-1/2}WD^{-1/2}$ | $GG^\top$ with $G = D^{-1/2}F$ | $(n, r)$ |
# | $k$ eigenvectors | `lanczos` | $GY\Sigma^{-1/2}$ with $G^\top G = Y\Sigma Y^\top$ | $(n, k)$ |
# | rows | to length 1 | to length 1 | $(n, k)$ |
#
# The *largest* eigenvectors of $D^{-1/2}WD^{-1/2}$ are the smallest of
# $L_{\mathrm{sym}} = I - D^{-1/2}WD^{-1/2}$.
#
# **By hand.** Three points of which the first two coincide and the third is far away; landmarks 0
# and 2. $K = I$, $C = F = \begin{pmatrix}1&0\\1&0\\0&1\end{pmatrix}$, so $FF^\top$ is exactly $W$
# (with ones on the diagonal), the degrees are $F(2, 1)^\top = (2, 2, 1)$, and $G^\top G = I$: two
# eigenvalues 1, two pieces.
#
# The same trick, landmarks or random features in the place of all pairs, is how attention is made
# linear in the length of the text.


# %% tags=["q8"]
def nystrom_embedding(x, k, landmarks, gamma, rng):
    """Spectral embedding for the affinity exp(-gamma · distance²), from a few landmarks.

    Args:
        x: array-like of shape (n, d).
        k: number of coordinates, 1 <= k <= landmarks.
        landmarks: how many different points to choose at random as landmarks, k <= landmarks <= n.
        gamma: a number > 0.
        rng: a `numpy.random.Generator`.

    Returns:
        Array of shape (n, k), rows of length 1, finite. With landmarks = n the eigenvectors are
        those of the whole matrix exp(-gamma · |x[i] - x[j]|²), ones on the diagonal included.
        Memory is that of a few arrays of shape (n, landmarks).

    Raises:
        ValueError: `x` is not 2-D, not 1 <= `k` <= `landmarks` <= n, or `gamma` is not positive.
    """
    # BEGIN SOLUTION
    x = _points(x)
    _in_range("landmarks", landmarks, 1, len(x))
    _in_range("k", k, 1, landmarks)
    if not gamma > 0:
        raise ValueError(f"gamma must be positive, not {gamma}")
    x = x - x[0]
    chosen = rng.choice(len(x), landmarks, replace=False)
    c = _squared_distances(x, x[chosen])
    np.exp(np.multiply(c, -gamma, out=c), out=c)  # (n, m), in place
    values, vectors = np.linalg.eigh(c[chosen])
    sound = values > 1e-10 * values[-1]
    g = c @ (vectors[:, sound] / np.sqrt(values[sound]))  # F, shape (n, r)
    degree = g @ g.sum(axis=0)
    g /= np.sqrt(np.maximum(degree, 1e-12))[:, None]  # far from every landmark: nearly 0, or below
    values, vectors = np.linalg.eigh(g.T @ g)
    r = min(k, len(values))  # coinciding landmarks may leave fewer than k directions
    u = np.zeros((len(x), k))
    u[:, :r] = g @ (vectors[:, ::-1][:, :r] / np.sqrt(np.maximum(values[::-1][:r], 1e-12)))
    length = np.linalg.norm(u, axis=1, keepdims=True)
    u[length[:, 0] == 0, 0] = 1.0
    return u / np.where(length > 0, length, 1.0)
    # END SOLUTION


# %% [markdown]
# **For your report, 3 (2 points).** How many bytes does the whole affinity of 20 000 points take,
# and how many do the arrays of shape $(n, m)$ for 150 landmarks? Measure the peak (`tracemalloc`).
# For which $n$ does each of the two ways just fit into the memory of your machine?

# %% [markdown]
# ## Shakespeare's acts look for their play
#
# 38 plays have 186 acts. Each act becomes a vector of word counts, weighted so that rare words
# count more (tf·idf), of length 1. The names of the speakers are taken out, for with *HAMLET:*
# before every speech it would be too easy. Nobody says which act belongs to which play, nor how
# many plays there are.
#
# An act of a play of five has four others to find, so each names its 4 nearest neighbours. (About
# twenty seconds.)

# %% tags=["active-ipynb"]
# def act_vectors(acts):
#     """Word counts times log(n / number of acts with the word), rows of length 1."""
#     counted = [Counter(re.findall(r"[a-z']+", act.lower())) for act in acts]
#     spread = Counter(word for counts in counted for word in counts)
#     words = sorted(word for word in spread if spread[word] > 1)
#     number = {word: j for j, word in enumerate(words)}
#     x = np.zeros((len(acts), len(words)))
#     for i, counts in enumerate(counted):
#         for word in counts.keys() & number.keys():
#             x[i, number[word]] = counts[word] * np.log(len(acts) / spread[word])
#     return x / np.linalg.norm(x, axis=1, keepdims=True)
#
#
# plays = data.plays()
# titles = [play.title for play in plays for act in play.acts]
# acts = [SPEAKER.sub("\n\n", act) for play in plays for act in play.acts]
# # 186 points in 15 000 dimensions span 186 of them: the same distances and angles, and faster.
# left_vectors, lengths, _ = np.linalg.svd(act_vectors(acts), full_matrices=False)
# x = left_vectors * lengths
# w = knn_graph(x, 4)
# matrix = laplacian(w, "symmetric")
# eigenvalues, _ = lanczos(lambda v: matrix @ v, len(x), 61, np.random.default_rng(0))
# found = {
#     "k-means": kmeans(x, 38, np.random.default_rng(0))[0],
#     "spectral": spectral_clustering(x, 38, np.random.default_rng(0), neighbors=4),
# }
# print(f"{len(plays)} plays; the eigenvalues say {estimate_k(eigenvalues, 60)}")
# print(f"{'':>10} {'ARI':>6} {'silhouette':>11} {'Davies-Bouldin':>15}")
# for name, labels in [*found.items(), ("the truth", titles)]:
#     ari, inside = adjusted_rand(labels, titles), silhouette(x, labels)
#     print(f"{name:>10} {ari:>6.2f} {inside:>11.3f} {davies_bouldin(x, labels):>15.2f}")

# %% [markdown]
# The figure: a row for each play, a box for each act. Every cluster belongs to one play (the one
# with most of its acts, each play having one cluster); a box is coloured if its act is in the
# cluster of its own play. In the other boxes stands whose cluster the act is in.

# %% tags=["active-ipynb"]
# from matplotlib.patches import Rectangle
#
#
# def owners(labels, titles):
#     """Cluster -> play, one to one: the largest overlaps first."""
#     overlaps = Counter(zip(labels.tolist(), titles)).most_common()
#     owner, taken = {}, set()
#     for (label, title), _ in overlaps:
#         if label not in owner and title not in taken:
#             owner[label] = title
#             taken.add(title)
#     return owner
#
#
# def short(title):
#     """Enough of a title to know it by."""
#     part = re.fullmatch(r"(.*), Part (\w+)", title)
#     if part:
#         return f"{part[2].replace('I', '1')} {part[1]}"
#     words = [word for word in title.split() if word not in ("A", "The", "of", "and", "King")]
#     return " ".join(words[:2]) if len(" ".join(words[:2])) < 13 else words[0]
#
#
# COLORS = dict(zip(
#     ("comedies", "problems", "romances", "histories", "roman", "tragedies"),
#     ("#e8b04a", "#c98a5e", "#8fae5d", "#4f7cac", "#8d6a9f", "#b5483f"),
# ))
# order = sorted(plays, key=lambda play: (list(COLORS).index(play.genre), play.title))
# row = {play.title: i for i, play in enumerate(order)}
# genre = {play.title: play.genre for play in plays}
#
# figure, (left, middle, right) = plt.subplots(
#     1, 3, figsize=(13, 9), layout="constrained", width_ratios=[1.15, 1, 1]
# )
# gap = estimate_k(eigenvalues, 60)
# left.plot(range(1, 62), eigenvalues, "o", ms=4, color="0.45")
# left.plot(range(1, gap + 1), eigenvalues[:gap], "o", ms=4, color=BLUE)
# left.axvspan(gap + 0.2, gap + 0.8, color=ORANGE, alpha=0.35, lw=0)
# left.annotate(
#     f"largest gap after {gap}\n(there are {len(plays)} plays)", (gap, eigenvalues[gap]),
#     (-12, 40), textcoords="offset points", ha="right", color=ORANGE,
# )
# left.set(title="How many plays?", xlabel="number", ylabel="eigenvalue of the Laplacian")
# left.grid(alpha=0.25)
#
# for axes, (name, labels) in zip((middle, right), found.items()):
#     owner = owners(labels, titles)
#     nth = Counter()
#     for label, title in zip(labels.tolist(), titles):
#         at = (nth[title], row[title])
#         nth[title] += 1
#         home = owner.get(label) == title
#         axes.add_patch(Rectangle(
#             (at[0] + 0.03, at[1] + 0.06), 0.94, 0.88, lw=0,
#             color=COLORS[genre[title]] if home else "0.93",
#         ))
#         if not home:
#             axes.text(at[0] + 0.5, at[1] + 0.52, short(owner.get(label, "nobody")), size=6,
#                       ha="center", va="center", color="0.35")
#     axes.set(xlim=(0, 5), ylim=(len(plays), 0), xticks=np.arange(5) + 0.5)
#     axes.set_xticklabels(["I", "II", "III", "IV", "V"])
#     axes.set_yticks(np.arange(len(plays)) + 0.5, [play.title for play in order], fontsize=7.5)
#     for tick, play in zip(axes.get_yticklabels(), order):
#         tick.set_color(COLORS[play.genre])
#     axes.tick_params(length=0)
#     axes.spines[:].set_visible(False)
#     ari = adjusted_rand(labels, titles)
#     axes.set_title(f"{name}: adjusted Rand index {ari:.2f}")
#     axes.set_xlabel("act")
# right.set_yticklabels([])
# patches = [Rectangle((0, 0), 1, 1, color=color) for color in COLORS.values()]
# figure.legend(patches, COLORS, loc="outside lower right", ncols=6, frameon=False, fontsize=9)
# figure.suptitle("Acts of Shakespeare that find their own play, from their words alone", size=14)
# plt.show()

# %% [markdown] tags=["written"]
# ## Written question · When who knows whom is the wrong question
#
# Answer the three questions that were asked on the way (after q3, q6 and q8), and these two, with a
# figure of your own and your measurements; about one page in all.
#
# 4. In the last figure, which acts go astray, to whom, and why there? Look into the text. Plot the
#    adjusted Rand index of both methods against the number of neighbours (say 2 to 20): what goes
#    wrong at either end?
# 5. Find points on which $k$-means is right and spectral clustering is not, and explain it with the
#    quantity that each of them minimises.

# %% [markdown] tags=["answer"]
# *Your report goes here.*
