"""Spectral clustering, on fresh inputs and at the edges.

Stand-ins take the place of the student's functions from q1 to q4, so that a mistake there is not
counted twice.
"""

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg

from autograder.checks import (
    assert_array,
    assert_raises,
    assert_speed,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q5 (hidden)"
points = 7


def run(spectral_embedding, spectral_clustering, task, w, k, options):
    """Call one of the two with stand-ins. `w`: an array, or the parts of a CSR array."""
    import inspect

    import numpy as np
    import scipy.sparse as sp

    def squared(a, b):
        return np.maximum((a * a).sum(1)[:, None] - 2 * a @ b.T + (b * b).sum(1), 0)

    def rbf_affinity(x, gamma, *more):
        if not gamma > 0:
            raise ValueError("gamma")
        x = np.asarray(x, float)
        return np.exp(-gamma * squared(x, x)) * (1 - np.eye(len(x)))

    def cosine_affinity(x, *more):
        x = np.asarray(x, float)
        unit = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-300)
        return np.clip(unit @ unit.T, 0, 1) * (1 - np.eye(len(x)))

    def knn_graph(x, k, mutual=False, *more, **others):
        x = np.asarray(x, float)
        if x.ndim != 2 or not 1 <= k < len(x):
            raise ValueError("x or k")
        near = np.argsort(squared(x, x) + np.diag(np.full(len(x), np.inf)), 1, "stable")[:, :k]
        rows = np.repeat(np.arange(len(x)), k)
        graph = sp.csr_array((np.ones(len(rows)), (rows, near.ravel())), (len(x), len(x)))
        turned = graph.T.tocsr()
        return sp.csr_array(graph.multiply(turned) if mutual else graph.maximum(turned))

    def laplacian(w, kind="symmetric", *more):
        w = w if sp.issparse(w) else np.asarray(w, float)
        if len(w.shape) != 2 or w.shape[0] != w.shape[1]:
            raise ValueError("w")
        degree = np.asarray(w.sum(axis=1)).ravel()
        known = degree > 0
        inverse = np.where(known, 1 / np.where(known, degree, 1), 0)
        left, right, diagonal = {
            "unnormalized": (known * 1.0, known * 1.0, degree),
            "symmetric": (np.sqrt(inverse), np.sqrt(inverse), known * 1.0),
            "random-walk": (inverse, known * 1.0, known * 1.0),
        }[kind]
        left, right, diagonal = map(sp.diags_array, (left, right, diagonal))
        matrix = diagonal - left @ sp.csr_array(w) @ right
        return sp.csr_array(matrix) if sp.issparse(w) else matrix.toarray()

    def lanczos(matvec, n, k, rng=None, tol=1e-10, *more, **others):
        if not 1 <= k <= n:
            raise ValueError("k")
        if n <= 700:  # all there is to know
            matrix = np.stack([matvec(v) for v in np.eye(n)])
            values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
            return values[:k], vectors[:, :k]
        start = np.random.default_rng(0).standard_normal((n, k + 2))
        block = np.linalg.qr(start)[0]
        for _ in range(200):  # block Krylov, restarted
            basis, images = np.empty((n, 0)), []
            for _ in range(6):
                for _ in range(2):
                    block = np.linalg.qr(block - basis @ (basis.T @ block))[0]
                basis = np.hstack([basis, block])
                images.append(np.stack([matvec(v) for v in block.T], axis=1))
                block = images[-1]
            image = np.hstack(images)
            small = basis.T @ image
            values, s = np.linalg.eigh((small + small.T) / 2)
            block = basis @ s[:, : k + 2]
            error = image @ s[:, :k] - block[:, :k] * values[:k]
            if np.linalg.norm(error, axis=0).max() <= max(tol, 1e-11) * np.abs(values).max():
                break
        return values[:k], block[:, :k]

    def kmeans(x, k, rng, n_init=10, *more, **others):
        x = np.asarray(x, float)
        if x.ndim != 2 or not 1 <= k <= len(x) or n_init < 1:
            raise ValueError("x, k or n_init")
        best = (None, None, np.inf)
        for _ in range(n_init):
            centers = x[rng.integers(len(x), size=1)]
            while len(centers) < k:
                near = squared(x, centers).min(axis=1) + 1e-300
                centers = np.vstack([centers, x[rng.choice(len(x), p=near / near.sum())]])
            for _ in range(100):
                labels = squared(x, centers).argmin(axis=1)
                for c in range(k):
                    if (labels == c).any():
                        centers[c] = x[labels == c].mean(axis=0)
            inertia = float(((x - centers[labels]) ** 2).sum())
            if inertia < best[2]:
                best = (labels, centers, inertia)
        return best

    own_functions = (rbf_affinity, cosine_affinity, knn_graph, laplacian, lanczos, kmeans)
    function = {"embed": spectral_embedding, "cluster": spectral_clustering}[task]
    names = inspect.unwrap(function).__globals__
    given = {f.__name__: f for f in own_functions if f.__name__ in names}
    if isinstance(w, tuple):
        data, indices, indptr, shape = w
        w = sp.csr_array((data, indices, indptr), shape)
        before = w.copy()
    else:
        w = np.asarray(w)
        before = w.copy()
    options = dict(options)
    timed = options.pop("timed", False)
    listed = options.pop("listed", False)
    seed = options.pop("seed", 0)

    def call():
        own = {name: names[name] for name in given}
        names.update(given)
        try:
            if task == "embed":
                return spectral_embedding(w, k)
            given_w = w.tolist() if listed else w
            return spectral_clustering(given_w, k, np.random.default_rng(seed), **options)
        finally:
            names.update(own)

    if timed:
        return call
    result = call()
    return result, bool(abs(w - before).sum() == 0)


def embed(student, w, k):
    u, unchanged = student(run, task="embed", w=w, k=k, options={})
    expect(unchanged, "w was modified")
    n = w[3][0] if isinstance(w, tuple) else len(w)
    assert_array(u, np.zeros((n, k)), rtol=0, atol=1 + 1e-9, what="embedding")
    return u


def cluster(student, x, k, **options):
    labels, unchanged = student(run, task="cluster", w=x, k=k, options=options)
    expect(unchanged, "x was modified")
    n = x[3][0] if isinstance(x, tuple) else len(x)
    assert_array(labels, np.zeros(n), rtol=0, atol=k - 1, what="labels")
    expect(labels.dtype.kind in "iu" and labels.min() >= 0, "labels should be integers from 0")
    return labels


def parts(w):
    """A dense graph as the parts of a CSR array."""
    w = sp.csr_array(w)
    return w.data, w.indices, w.indptr, w.shape


def expected_gram(w, k):
    """U @ U.T with rows of length 1, for a graph whose k-th and next eigenvalue differ."""
    degree = w.sum(axis=1)
    half = np.where(degree > 0, 1 / np.sqrt(np.where(degree > 0, degree, 1)), 0)
    matrix = np.diag((degree > 0) * 1.0) - half[:, None] * w * half
    values, u = np.linalg.eigh(matrix)
    assert k == len(w) or values[k] - values[k - 1] > 0.01, "the test's own graph is ambiguous"
    u = u[:, :k] / np.linalg.norm(u[:, :k], axis=1, keepdims=True)
    return u @ u.T


def planted(sizes, inside, across, seed):
    """A random weighted graph of groups that know each other better inside."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    share = np.where(truth[:, None] == truth, inside, across)
    w = np.triu((rng.random(share.shape) < share) * (0.5 + rng.random(share.shape)), 1)
    shuffle = rng.permutation(len(truth))
    return (w + w.T)[np.ix_(shuffle, shuffle)], truth[shuffle]


def rand_index(a, b):
    """Adjusted Rand index."""
    table = np.zeros((max(a) + 1, max(b) + 1))
    np.add.at(table, (a, b), 1)

    def pairs(m):
        return (m * (m - 1) / 2).sum()

    both, first, second = pairs(table), pairs(table.sum(1)), pairs(table.sum(0))
    chance = first * second / (len(a) * (len(a) - 1) / 2)
    return (both - chance) / ((first + second) / 2 - chance)


def moons(n, noise, seed):
    rng = np.random.default_rng(seed)
    t, side = rng.random(n) * np.pi, np.arange(n) % 2
    x = np.where(side == 0, [np.cos(t), np.sin(t)], [1 - np.cos(t), 0.5 - np.sin(t)]).T
    return x + noise * rng.standard_normal((n, 2)), side


def circles(n, noise, seed):
    rng = np.random.default_rng(seed)
    t, side = rng.random(n) * 2 * np.pi, np.arange(n) % 2
    radius = np.where(side == 0, 1.0, 0.4)
    x = (radius * [np.cos(t), np.sin(t)]).T
    return x + noise * rng.standard_normal((n, 2)), side


@test_case(
    name="embedding, against eigh",
    points=1,
    hidden=True,
    failure_message="The eigenvectors of the *symmetric* Laplacian with the *smallest* "
    "eigenvalues, the very first included, then rows of length 1. Dense and sparse graphs give "
    "the same, up to turns and signs of the columns.",
)
def test_embedding(student):
    for sizes, k, seed in (((20, 25), 2, 501), ((15, 12, 30), 3, 502), ((40,), 1, 503)):
        w, _ = planted(sizes, 0.7, 0.06, seed)
        wanted = expected_gram(w, k)
        for form in (w, parts(w)):
            u = embed(student, form, k)
            assert_array((u**2).sum(axis=1), np.ones(len(w)), rtol=1e-9, what="|row|²")
            # Eigenvectors are known to the tolerance of the solver over the gap of the values.
            assert_array(u @ u.T, wanted, rtol=0, atol=1e-5, what="U @ U.T")


@test_case(
    name="separate pieces, and a hermit",
    points=1,
    hidden=True,
    failure_message="Three pieces, one of them a vertex without edges: with k = 3 rows of one "
    "piece coincide and rows of different pieces are orthogonal. No NaN, whatever k is.",
)
def test_pieces(student):
    w = np.zeros((24, 24))
    w[:10, :10], _ = planted((10,), 0.8, 0, 504)
    w[10:23, 10:23], _ = planted((13,), 0.8, 0, 505)
    truth = np.repeat([0, 1, 2], [10, 13, 1])
    same = (truth[:, None] == truth) * 1.0
    for form in (w, parts(w)):
        u = embed(student, form, 3)
        assert_array(u @ u.T, same, rtol=0, atol=1e-5, what="U @ U.T")
        one = embed(student, np.zeros((1, 1)) if form is w else parts(np.zeros((1, 1))), 1)
        assert_array(np.abs(one), np.ones((1, 1)), what="|embedding| of a single vertex")
        for k in (1, 2, 5):  # rows may be zero here: k = 1 cannot show three pieces
            length = np.linalg.norm(embed(student, form, k), axis=1)
            expect(bool((np.isclose(length, 1) | (length < 1e-6)).all()), "rows of length 0 or 1")


@test_case(
    name="two moons and two circles",
    points=1,
    hidden=True,
    failure_message="With 10 neighbours both are found (adjusted Rand index of 0.99). The graph "
    "may be in one piece or in two.",
)
def test_shapes(student):
    for x, truth in (
        moons(300, 0.05, 506),
        moons(400, 0.08, 507),
        circles(300, 0.03, 508),
        circles(400, 0.06, 509),
    ):
        labels = cluster(student, x, 2)
        expect(rand_index(labels, truth) >= 0.99, "the two shapes were not found")


@test_case(
    name="every affinity",
    points=1,
    hidden=True,
    failure_message="knn, rbf with gamma, cosine, and precomputed with a dense or a sparse graph. "
    "`neighbors` and `gamma` must reach the graph.",
)
def test_affinities(student):
    x, truth = circles(200, 0.03, 510)
    expect(rand_index(cluster(student, x, 2, affinity="rbf", gamma=40.0), truth) >= 0.99, "rbf")
    # With gamma = 1 the circles are not found: that gamma is used shows in the difference.
    rng = np.random.default_rng(511)
    angle = np.repeat([0.2, 1.3, 2.4], 30) + 0.05 * rng.standard_normal(90)
    length = 0.1 + 5 * rng.random(90)
    x, truth = (length * [np.cos(angle), np.sin(angle)]).T, np.repeat([0, 1, 2], 30)
    expect(rand_index(cluster(student, x, 3, affinity="cosine"), truth) >= 0.99, "cosine")
    w, truth = planted((30, 40, 20), 0.6, 0.02, 512)
    for form in (w, parts(w)):
        labels = cluster(student, form, 3, affinity="precomputed")
        expect(rand_index(labels, truth) >= 0.99, "precomputed")
    labels = cluster(student, w, 3, affinity="precomputed", listed=True)
    expect(rand_index(labels, truth) >= 0.99, "precomputed, a list")
    # Two long threads and a clump of 6 points: 5 neighbours stay inside, 10 do not.
    spots = [np.linspace(0, 6, 60), np.linspace(9, 15, 60), np.linspace(30, 30.5, 6)]
    x = np.concatenate(spots)[:, None]
    truth = np.repeat([0, 1, 2], [60, 60, 6])
    expect(rand_index(cluster(student, x, 3, neighbors=5), truth) >= 0.99, "neighbors=5")


@test_case(
    name="rows of length 1 decide",
    points=1,
    hidden=True,
    failure_message="Vertices with few edges have short rows in U. Unless rows are scaled to "
    "length 1, k-means sorts by popularity.",
)
def test_rows(student):
    rng = np.random.default_rng(513)
    truth = np.repeat([0, 1], 60)
    fame = np.where(rng.random(120) < 0.3, 30.0, 0.6)  # a few are popular
    w = np.outer(fame, fame) * np.where(truth[:, None] == truth, 1.0, 0.12)
    w *= 1 + 0.3 * rng.random((120, 120))
    w = np.triu(w, 1) + np.triu(w, 1).T
    expect(rand_index(cluster(student, w, 2, affinity="precomputed"), truth) >= 0.99,
           "the two groups were not found")  # fmt: skip


@test_case(
    name="chance comes from rng",
    points=0.5,
    hidden=True,
    failure_message="The same call of spectral_embedding gives the same result, and so does "
    "spectral_clustering with the same rng. k = 1 is one cluster.",
)
def test_same(student):
    w, _ = planted((20, 20), 0.6, 0.1, 514)
    one, two = embed(student, parts(w), 2), embed(student, parts(w), 2)
    assert_array(two, one, rtol=0, atol=1e-12, what="embedding of a second call")
    # Points without any groups, cut into many, from one start: chance decides every label.
    x = np.random.default_rng(515).random((90, 2))
    one, two = (cluster(student, x, 9, seed=4, n_init=1) for _ in range(2))
    assert_array(two, one, what="labels of a second call")
    assert_array(cluster(student, x, 1), np.zeros(90), what="labels for k = 1")


@test_case(
    name="speed on a sparse graph",
    points=1,
    hidden=True,
    failure_message="Small eigenvalues crowd near 0, where Lanczos is slow, and a dense solver is "
    "slower still. Factorise L + σI once and give lanczos the inverse.",
)
def test_speed(student):
    x, _ = moons(3000, 0.05, 516)
    order = np.argsort(x[:, 0])
    x = x[order]
    rows, columns = [], []
    for start in range(0, 3000, 500):
        squared = ((x[start : start + 500, None] - x) ** 2).sum(axis=2)
        near = np.argpartition(squared, 10, axis=1)[:, :11]
        rows.append(np.repeat(np.arange(start, start + 500), 11))
        columns.append(near.ravel())
    rows, columns = np.concatenate(rows), np.concatenate(columns)
    keep = rows != columns
    w = sp.csr_array((np.ones(keep.sum()), (rows[keep], columns[keep])), (3000, 3000))
    w = w.maximum(w.T)
    rng = np.random.default_rng(517)

    def fresh():
        """A part of the graph, with weights that nobody has seen."""
        n = 3000 - int(rng.integers(100))
        upper = sp.triu(w[:n, :n], 1).tocoo()
        upper.data = rng.uniform(0.5, 1.5, upper.nnz)
        graph = sp.csr_array(upper + upper.T)
        half = sp.diags_array(graph.sum(axis=1) ** -0.5)
        staged = student(run, task="embed", w=parts(graph), k=2, options={"timed": True})
        return staged, sp.csc_array(sp.eye_array(n) - half @ graph @ half)

    def same(u, reference):
        rows = reference[1] / np.linalg.norm(reference[1], axis=1, keepdims=True)
        few = rng.integers(len(rows), size=20)  # the angles between rows are no matter of signs
        assert_array(u, np.zeros((len(rows), 2)), rtol=0, atol=1 + 1e-9, what="embedding")
        assert_array(u @ u[few].T, rows @ rows[few].T, rtol=0, atol=1e-4, what="u @ u[rows].T")

    # Reference: 1.4 with the stand-in for lanczos, other good answers up to 5; without the inverse
    # about 45.
    assert_speed(
        lambda staged, matrix: staged(),
        lambda staged, matrix: scipy.sparse.linalg.eigsh(matrix, 2, sigma=-1e-4),
        at_most=12,
        rounds=2,
        fresh=fresh,
        same=same,
    )


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="ValueError: an affinity that is none of the four (named in the message), k "
    "outside 1 … n, neighbors outside 1 … n - 1, gamma not positive, w not square.",
)
def test_errors(student):
    x = np.random.default_rng(517).standard_normal((12, 2))

    def refused(task, w, k, mentions="", **options):
        assert_raises(ValueError, student, run, task=task, w=w, k=k, options=options,
                      mentions=mentions)  # fmt: skip

    for affinity in ("friends", "KNN", "", "nearest_neighbors", "linear", "poly", "mutual"):
        refused("cluster", x, 2, "affinity", affinity=affinity)
    for k in (0, 13):
        refused("cluster", x, k, affinity="rbf")
        refused("embed", x @ x.T + 9, k)
    refused("cluster", x, 2, neighbors=12)
    refused("cluster", x, 2, affinity="rbf", gamma=0.0)
    refused("cluster", x, 2, affinity="precomputed")
    refused("embed", x, 1)
