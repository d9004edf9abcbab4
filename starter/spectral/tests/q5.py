"""Spectral clustering.

These cases judge what you write in q5, not your q1 to q4: while they run, simple stand-ins take the
place of your `knn_graph`, `laplacian`, `lanczos` and `kmeans`. The stand-ins do for tiny graphs.
"""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q5"
points = 8
hints = [
    "spectral_embedding: `laplacian(w, 'symmetric')`, then `lanczos(lambda v: matrix @ v, n, k, "
    "np.random.default_rng(0))`, then divide each row by its length (unless that is 0).",
    "spectral_clustering: make w as `affinity` says, embed it, and return the labels that "
    "`kmeans(embedding, k, rng, n_init)` finds.",
    "For speed: `splu(matrix + 1e-4 * identity)` once (CSC format), and lanczos on "
    "v -> -factors.solve(v). The smallest eigenvalues of this belong to the same vectors.",
]


def run(spectral_embedding, spectral_clustering, task, w, k, options):
    """Call one of the two with stand-ins for what other questions ask."""
    import inspect

    import numpy as np
    import scipy.sparse as sp
    from scipy.sparse import csgraph

    def knn_graph(x, k, *more, **others):
        from scipy.spatial import cKDTree

        if not 1 <= k < len(x):
            raise ValueError("k")
        _, near = cKDTree(x).query(x, k + 1)
        rows = np.repeat(np.arange(len(x)), k)
        graph = sp.csr_array((np.ones(len(rows)), (rows, near[:, 1:].ravel())))
        return graph.maximum(graph.T)

    def laplacian(w, kind="symmetric", *more):
        if w.ndim != 2 or w.shape[0] != w.shape[1]:
            raise ValueError("w")
        matrix = csgraph.laplacian(w, normed=kind == "symmetric")
        return sp.csr_array(matrix) if sp.issparse(w) else matrix

    def lanczos(matvec, n, k, *more, **others):
        if not 1 <= k <= n:
            raise ValueError("k")
        values, vectors = np.linalg.eigh(np.stack([matvec(v) for v in np.eye(n)]))
        return values[:k], vectors[:, :k]

    def kmeans(x, k, *more, **others):
        rows, labels = np.unique(np.round(x, 6), axis=0, return_inverse=True)
        return np.minimum(labels.ravel(), k - 1), rows[:k], 0.0

    given = {"knn_graph": knn_graph, "laplacian": laplacian, "lanczos": lanczos, "kmeans": kmeans}
    function = {"embed": spectral_embedding, "cluster": spectral_clustering}[task]
    names = inspect.unwrap(function).__globals__
    own = {name: names[name] for name in given if name in names}
    w = sp.csr_array(w) if options.pop("sparse", False) else w
    names.update({name: given[name] for name in own})
    try:
        if task == "embed":
            return spectral_embedding(w, k)
        return spectral_clustering(w, k, np.random.default_rng(0), **options)
    finally:
        names.update(own)


PIECES = np.zeros((5, 5))  # the handout's pair 0-1 and chain 2-3-4
for i, j in ((0, 1), (2, 3), (3, 4)):
    PIECES[i, j] = PIECES[j, i] = 1.0


def same_company(labels, truth):
    labels, truth = np.asarray(labels), np.asarray(truth)
    return np.array_equal(labels[:, None] == labels, truth[:, None] == truth)


@test_case(
    name="embedding of a pair and a chain",
    points=2,
    failure_message="Rows of one piece coincide, rows of different pieces are orthogonal, each "
    "has length 1. (Columns may be turned and have either sign: U @ U.T is judged.)",
)
def test_embedding(student):
    u = student(run, task="embed", w=PIECES, k=2, options={})
    assert_array(u, np.zeros((5, 2)), rtol=0, atol=2, what="embedding")
    same = np.array([0, 0, 1, 1, 1])[:, None] == np.array([0, 0, 1, 1, 1])
    assert_array(u @ u.T, same * 1.0, rtol=0, atol=1e-6, what="U @ U.T")


@test_case(
    name="embedding of a sparse graph",
    points=1,
    failure_message="The same graph as a SciPy CSR array gives the same embedding, up to turns.",
)
def test_sparse(student):
    u = student(run, task="embed", w=PIECES, k=2, options={"sparse": True})
    assert_array(u, np.zeros((5, 2)), rtol=0, atol=2, what="embedding")
    same = np.array([0, 0, 1, 1, 1])[:, None] == np.array([0, 0, 1, 1, 1])
    assert_array(u @ u.T, same * 1.0, rtol=0, atol=1e-6, what="U @ U.T")


@test_case(
    name="clusters of a graph",
    points=1,
    failure_message="affinity='precomputed': the first argument is W itself. Labels are 0 or 1.",
)
def test_precomputed(student):
    labels = student(run, task="cluster", w=PIECES, k=2, options={"affinity": "precomputed"})
    assert_array(labels, np.zeros(5), rtol=0, atol=1, what="labels")
    expect(same_company(labels, [0, 0, 1, 1, 1]), f"the clusters are wrong: {labels}")


@test_case(
    name="clusters of points",
    points=1,
    failure_message="Two threads of points, far apart, each long: neighbours along a thread "
    "belong together.",
)
def test_points(student):
    t = np.linspace(0, 10, 20)
    x = np.concatenate([np.stack([t, 0 * t], axis=1), np.stack([t, 0 * t + 3], axis=1)])
    labels = student(run, task="cluster", w=x, k=2, options={"neighbors": 3})
    assert_array(labels, np.zeros(40), rtol=0, atol=1, what="labels")
    expect(same_company(labels, np.repeat([0, 1], 20)), "the two threads are not the clusters")


@test_case(
    name="arguments that cannot be used",
    points=1,
    failure_message="An affinity that is none of the four, a k that is too large: ValueError.",
)
def test_errors(student):
    options = {"affinity": "friendship"}
    assert_raises(
        ValueError, student, run, task="cluster", w=PIECES, k=2, options=options,
        mentions="affinity",
    )  # fmt: skip
    assert_raises(ValueError, student, run, task="embed", w=PIECES, k=6, options={})


@test_case(
    name="a hermit, and the same twice",
    points=1,
    failure_message="A vertex without edges has a row of zeros in k = 1 coordinates of another "
    "piece: leave it as it is, no NaN. And the same call gives the same result.",
)
def test_hermit(student):
    w = np.zeros((6, 6))
    w[:5, :5] = PIECES
    for k in (1, 3):
        u, again = (student(run, task="embed", w=w, k=k, options={}) for _ in range(2))
        length = np.linalg.norm(u, axis=1)
        assert_array(u, np.zeros((6, k)), rtol=0, atol=1 + 1e-9, what="embedding")
        expect(bool((np.isclose(length, 1) | (length < 1e-6)).all()), "rows of length 0 or 1")
        assert_array(again, u, rtol=0, atol=1e-12, what="embedding of a second call")


@test_case(
    name="two blobs of ten",
    points=1,
    failure_message="Each point has nine others in its blob: with neighbors=9 there are two "
    "pieces.",
)
def test_blobs(student):
    rng = np.random.default_rng(2)
    x = np.concatenate([rng.standard_normal((10, 2)), rng.standard_normal((10, 2)) + 50.0])
    labels = student(run, task="cluster", w=x, k=2, options={"neighbors": 9})
    assert_array(labels, np.zeros(20), rtol=0, atol=1, what="labels")
    expect(same_company(labels, np.repeat([0, 1], 10)), "the two blobs are not the clusters")
