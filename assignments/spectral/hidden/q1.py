"""From points to a graph, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 7


def probe_graph(knn_graph, x, k, mutual):
    """What is stored, as it is stored."""
    import numpy as np

    before = np.array(x, copy=True)
    g = knn_graph(x, k, mutual=mutual) if mutual is not None else knn_graph(x, k)
    kind = getattr(g, "format", type(g).__name__)
    return kind, g.shape, g.data, g.indices, g.indptr, bool(np.array_equal(before, x))


def squared_distances(x):
    """Exact for integers."""
    x = np.asarray(x, dtype=float)
    return ((x[:, None] - x) ** 2).sum(axis=2)


def wanted_graph(x, k, mutual):
    squared = squared_distances(x)
    np.fill_diagonal(squared, np.inf)
    named = np.zeros_like(squared, dtype=bool)
    order = np.argsort(squared, axis=1, kind="stable")[:, :k]
    np.put_along_axis(named, order, True, axis=1)
    return (named & named.T if mutual else named | named.T) * 1.0


def dense(shape, data, indices, indptr):
    w = np.zeros(shape)
    np.add.at(w, (np.repeat(np.arange(shape[0]), np.diff(indptr)), indices), data)
    return w


def check_graph(student, x, k, mutual):
    n = len(x)
    kind, shape, data, indices, indptr, same = student(probe_graph, x=x, k=k, mutual=mutual)
    wanted = wanted_graph(x, k, bool(mutual))
    assert_equal(kind, "csr", what="format")
    assert_equal(shape, (n, n), what="shape")
    w = dense(shape, data, indices, indptr)
    expect(not np.diag(w).any(), "a point names itself")
    assert_array(w, wanted, what="graph")
    assert_array(data, np.ones(int(wanted.sum())), dtype=np.float64, what="stored values")
    expect(same, "x was modified")


@test_case(
    name="rbf_affinity",
    points=1,
    hidden=True,
    failure_message="Squared distance times gamma; symmetric; zeros on the diagonal; points at "
    "the same place have affinity 1. Lists and integers are welcome, x stays as it is.",
)
def test_rbf(rbf_affinity):
    rng = np.random.default_rng(101)
    for n, d, gamma in ((7, 3, 0.3), (1, 2, 1.0), (12, 1, 4.0)):
        x = rng.standard_normal((n, d))
        x[-1] = x[0]
        before = x.copy()
        wanted = np.exp(-gamma * squared_distances(x)) * (1 - np.eye(n))
        w = rbf_affinity(x, gamma)
        # |a|² - 2ab + |b|² leaves 1e-15 of rounding in a squared distance that is 0.
        assert_array(w, wanted, rtol=1e-9, atol=1e-12, dtype=np.float64)
        assert_array(w.T, w, rtol=0, atol=1e-15, what="transpose of the result")
        assert_array(x, before, what="input x after the call")
    single = np.array([[0.1], [0.7], [1.9]], np.float32)  # 7 digits in, 15 from there on
    wanted = np.exp(-squared_distances(single)) * (1 - np.eye(3))
    assert_array(rbf_affinity(single, 1), wanted, dtype=np.float64, what="result for float32")
    assert_array(rbf_affinity([[0], [1], [3]], 1), np.exp(-squared_distances([[0], [1], [3]]))
                 - np.eye(3))  # fmt: skip


@test_case(
    name="coordinates with a common offset",
    points=0.5,
    hidden=True,
    failure_message="Only differences between points count. With coordinates such as 1000000.3, "
    "|a|² - 2ab + |b|² loses the digits that matter: shift the points first.",
)
def test_offset(rbf_affinity):
    x = np.random.default_rng(102).standard_normal((9, 2))
    moved = x + np.array([1e6, -2e6])  # the offset itself costs six digits of x: 1e-10
    wanted = np.exp(-0.5 * squared_distances(x)) * (1 - np.eye(9))
    assert_array(rbf_affinity(moved, 0.5), wanted, rtol=1e-7, atol=1e-8)


@test_case(
    name="cosine_affinity",
    points=1,
    hidden=True,
    failure_message="Length does not count, however large or small; negative cosines are 0; zero "
    "vectors give zeros and no warning about 0/0; zeros on the diagonal.",
)
def test_cosine(cosine_affinity):
    rng = np.random.default_rng(103)
    x = rng.standard_normal((9, 4))
    x[3] = 0.0
    x[5] = 2.5 * x[4]
    before = x.copy()
    length = np.linalg.norm(x, axis=1)
    length[3] = 1.0
    cosine = (x @ x.T) / np.outer(length, length)
    wanted = np.maximum(cosine, 0) * (1 - np.eye(9))
    for scale in (1.0, 1e-3, 1e5, 1e-12):
        scales = np.where(np.arange(9) % 2, 1.0, scale)[:, None]
        assert_array(cosine_affinity(x * scales), wanted, dtype=np.float64)
    assert_array(x, before, what="input x after the call")
    single = cosine_affinity(x[:3].astype(np.float32).tolist())
    assert_array(single, wanted[:3, :3], rtol=1e-6, atol=1e-7, dtype=np.float64, what="of a list")
    w = cosine_affinity(np.ones((3, 7)) * [[0.1], [0.7], [1.3]])
    expect(bool((w <= 1).all()), "a cosine above 1, by rounding")


@test_case(
    name="knn_graph: either names the other",
    points=1,
    hidden=True,
    failure_message="Symmetric, ones only, no loops, CSR; one name is enough for an edge, and "
    "two names are still an edge of weight 1. By default the graph is not mutual.",
)
def test_either(student):
    rng = np.random.default_rng(104)
    for n, d, k in ((30, 2, 4), (25, 5, 1), (8, 3, 7), (2, 1, 1), (300, 2, 6)):
        check_graph(student, rng.standard_normal((n, d)), k, False)
    # What a partial sort leaves unsorted shows among many; everybody else, an even number of them.
    for n, k in ((260, 130), (9, 8)):
        check_graph(student, np.random.default_rng(n).standard_normal((n, 2)), k, False)
    check_graph(student, rng.standard_normal((12, 2)), 3, None)
    check_graph(student, rng.integers(0, 40, (15, 2)).tolist(), 2, False)
    check_graph(
        student, np.asfortranarray(rng.standard_normal((20, 3)).astype(np.float32)), 2, True
    )


@test_case(
    name="knn_graph: mutual",
    points=1,
    hidden=True,
    failure_message="An edge where both name each other, and nothing stored elsewhere, not even "
    "zeros.",
)
def test_mutual(student):
    rng = np.random.default_rng(105)
    for n, d, k in ((30, 2, 3), (25, 4, 1), (6, 2, 5), (200, 2, 5)):
        check_graph(student, rng.standard_normal((n, d)), k, True)


@test_case(
    name="knn_graph: ties and points at the same place",
    points=1,
    hidden=True,
    failure_message="Each point names exactly k. Of equally near ones those with the smaller "
    "index. If two points coincide, the nearest one found need not be the point itself.",
)
def test_ties(student):
    rng = np.random.default_rng(106)
    grid = np.stack(np.meshgrid(np.arange(7.0), np.arange(6.0)), axis=-1).reshape(-1, 2)
    shuffled = grid[rng.permutation(len(grid))]
    for k in (1, 2, 3, 5):
        check_graph(student, shuffled, k, False)
        check_graph(student, shuffled, k, True)
    check_graph(student, np.zeros((9, 2)), 3, False)  # all at one place
    few = rng.integers(0, 3, (150, 2)).astype(float)  # many at each of nine places
    check_graph(student, few, 4, False)
    check_graph(student, few, 4, True)


@test_case(
    name="knn_graph: memory",
    points=1,
    hidden=True,
    failure_message="For 4 000 points the peak should stay below half of what all distances "
    "take. Work on blocks of rows, and keep only the neighbours: a slice of an array keeps the "
    "whole array alive, a copy of the slice does not.",
)
def test_memory(student):
    def probe(knn_graph, n, k):
        import tracemalloc

        import numpy as np

        x = np.random.default_rng(0).standard_normal((n, 2))
        tracemalloc.start()
        g = knn_graph(x, k)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak, g.shape, int(g.sum(axis=1).min())

    n, k = 4000, 8  # reference: 5 MB; all distances: 128 MB
    peak, shape, least = student(probe, n=n, k=k)
    assert_equal(shape, (n, n), what="shape")
    expect(least >= k, "a point has fewer than k neighbours")
    expect(peak < 64e6, f"the peak was {peak / 1e6:.0f} MB")


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="ValueError with the argument's name: x that is not 2-D, gamma that is not "
    "positive, k outside 1 … n - 1.",
)
def test_errors(rbf_affinity, cosine_affinity, knn_graph):
    x = np.zeros((4, 2))
    for bad in (np.zeros(4), np.zeros((2, 2, 2))):
        assert_raises(ValueError, rbf_affinity, bad, 1.0, mentions="x")
        assert_raises(ValueError, cosine_affinity, bad, mentions="x")
        assert_raises(ValueError, knn_graph, bad, 1, mentions="x")
    for gamma in (0.0, -1.0):
        assert_raises(ValueError, rbf_affinity, x, gamma, mentions="gamma")
    for k in (0, 4, 5, -1):
        assert_raises(ValueError, knn_graph, x, k, mentions="k")
