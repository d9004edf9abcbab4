"""k-means, on fresh inputs and at the edges."""

import numpy as np

from autograder.checks import (
    assert_array,
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q4 (hidden)"
points = 7


def check(x, k, labels, centers, inertia, filled=True):
    """The three belong together and nothing moves any more."""
    n = len(x)
    scale = max(1.0, np.abs(x - x[0]).max() ** 2)
    assert_array(labels, np.zeros(n), rtol=0, atol=k - 1, what="labels")
    expect(labels.dtype.kind in "iu" and labels.min() >= 0, "labels should be integers from 0")
    assert_array(centers, np.zeros((k, x.shape[1])), rtol=0, atol=1e300, what="centers")
    counts = np.bincount(labels, minlength=k)
    if filled:
        expect(bool((counts > 0).all()), "a cluster is empty")
    for c in np.flatnonzero(counts):
        mean = x[labels == c].mean(axis=0)
        assert_array(centers[c], mean, rtol=1e-9, atol=1e-9 * scale, what="a center")
    squared = ((x[:, None] - centers) ** 2).sum(axis=2)
    own = squared[np.arange(n), labels]
    # Ties may go either way, and rounding decides what a tie is.
    expect(bool((own <= squared.min(axis=1) + 1e-8 * scale).all()),
           "a point is nearer to another centre")  # fmt: skip
    assert_close(inertia, own.sum(), rtol=1e-7, atol=1e-9 * scale, what="inertia")


def blobs(centers, sizes, spread, seed):
    rng = np.random.default_rng(seed)
    centers = np.asarray(centers, dtype=float)
    truth = np.repeat(np.arange(len(centers)), sizes)
    return centers[truth] + spread * rng.standard_normal((len(truth), centers.shape[1])), truth


def same_company(labels, truth):
    return np.array_equal(labels[:, None] == labels, truth[:, None] == truth)


@test_case(
    name="labels, centres and inertia belong together",
    points=1,
    hidden=True,
    failure_message="It ends when no label changes: each centre is the mean of its points, each "
    "point has the label of its nearest centre, inertia is the sum of the squared distances. "
    "x stays as it is.",
)
def test_together(kmeans):
    rng = np.random.default_rng(401)
    for n, d, k in ((50, 2, 3), (200, 5, 8), (30, 1, 4), (12, 3, 1)):
        x = rng.standard_normal((n, d))
        before = x.copy()
        check(x, k, *kmeans(x, k, np.random.default_rng(n)))
        assert_array(x, before, what="input x after the call")
    x = rng.integers(0, 50, (30, 2))
    check(x * 1.0, 3, *kmeans(x.tolist(), 3, np.random.default_rng(1)))


@test_case(
    name="it runs until nothing moves",
    points=1,
    hidden=True,
    failure_message="A fixed small number of steps, or stopping when the inertia hardly falls, "
    "ends too early on points without clear clusters.",
)
def test_converged(kmeans):
    x = np.random.default_rng(402).random((1500, 2))
    for seed in range(3):
        check(x, 12, *kmeans(x, 12, np.random.default_rng(seed), n_init=1))
    # On an even line the borders creep: some 130 steps.
    x = np.arange(8000.0)[:, None]
    for seed in range(3):
        check(x, 10, *kmeans(x, 10, np.random.default_rng(seed), n_init=1))


@test_case(
    name="far-off groups get a centre",
    points=1,
    hidden=True,
    failure_message="One crowd and several small far groups: starting from points chosen with "
    "equal probability nearly always misses some. k-means++ weighs by squared distance.",
)
def test_spread(kmeans):
    # One run of k-means++ misses a group in 11 of 100 cases, ten runs miss with probability 3e-10.
    far = [[200.0 * np.cos(a), 200.0 * np.sin(a)] for a in np.arange(7) * 0.9]
    x, truth = blobs([[0.0, 0.0], *far], [900] + [3] * 7, 1.0, 403)
    for seed, unit in ((0, 1.0), (1, 1.0), (2, 1.0), (3, 1e-6)):  # in metres, or in micrometres
        points = unit * x
        labels, centers, inertia = kmeans(points, 8, np.random.default_rng(seed))
        check(points, 8, labels, centers, inertia)
        expect(same_company(labels, truth), "a far group did not get its own centre")


@test_case(
    name="the best of n_init runs",
    points=1,
    hidden=True,
    failure_message="Each run starts afresh from rng; the one with the smallest inertia is "
    "returned, not the last and not the first.",
)
def test_best(kmeans):
    # Sixteen groups on a grid. One run finds them all in 44 of 100 cases (greedy k-means++: more):
    # 40 runs miss with probability 1e-10; a single run succeeds eight times with 0.001.
    grid = np.stack(np.meshgrid(np.arange(4.0), np.arange(4.0)), axis=-1).reshape(-1, 2)
    x, truth = blobs(6 * grid, 8, 0.5, 404)
    for seed in range(8):
        labels, centers, inertia = kmeans(x, 16, np.random.default_rng(seed), n_init=40)
        check(x, 16, labels, centers, inertia)
        expect(same_company(labels, truth), "sixteen clear groups were not found in 40 runs")


@test_case(
    name="empty clusters",
    points=1,
    hidden=True,
    failure_message="With fewer distinct points than centres a cluster stays empty, with a finite "
    "centre. With as many as centres none is empty. Never NaN, never an endless loop.",
)
def test_empty(kmeans):
    places = np.array([[0.0, 0.0], [4.0, 1.0], [-3.0, 2.5]])
    x = places[np.random.default_rng(405).integers(0, 3, 40)]
    for k in (3, 4, 7, 40):
        labels, centers, inertia = kmeans(x, k, np.random.default_rng(k))
        check(x, k, labels, centers, inertia, filled=k <= 3)
        assert_close(inertia, 0.0, atol=1e-12, what="inertia")
    same = np.full((6, 2), 0.1)
    labels, centers, inertia = kmeans(same, 2, np.random.default_rng(0))
    check(same, 2, labels, centers, inertia, filled=False)
    distinct = np.random.default_rng(406).standard_normal((9, 2))
    check(distinct, 9, *kmeans(distinct, 9, np.random.default_rng(0)))  # one point each
    check(distinct[:1], 1, *kmeans(distinct[:1], 1, np.random.default_rng(0)))  # one point in all


@test_case(
    name="coordinates with a common offset",
    points=0.5,
    hidden=True,
    failure_message="Only differences count. |a|² - 2ab + |b|² of coordinates such as 1000000.3 "
    "has lost the digits that decide.",
)
def test_offset(kmeans):
    x, truth = blobs([[0.0, 0.0], [0.0, 9.0], [9.0, 0.0]], 25, 1.0, 407)
    moved = x + np.array([1e9, -4e8])
    labels, centers, inertia = kmeans(moved, 3, np.random.default_rng(0))
    expect(same_company(labels, truth), "the groups were not found after a shift by 1e9")
    wanted = sum(((x[truth == c] - x[truth == c].mean(axis=0)) ** 2).sum() for c in range(3))
    assert_close(inertia, wanted, rtol=1e-5, what="inertia")  # the shift costs x nine digits
    assert_equal(centers.shape, (3, 2), what="shape of the centers")


@test_case(
    name="chance comes from rng",
    points=0.5,
    hidden=True,
    failure_message="The same rng gives the same result, another rng may give another one.",
)
def test_rng(kmeans):
    x = np.random.default_rng(408).random((90, 2))
    one = kmeans(x, 10, np.random.default_rng(1), n_init=1)
    two = kmeans(x, 10, np.random.default_rng(1), n_init=1)
    assert_array(two[0], one[0], what="labels of a second call")
    found = {round(float(kmeans(x, 10, np.random.default_rng(s), n_init=1)[2]), 9)
             for s in range(8)}  # fmt: skip
    expect(len(found) > 1, "eight different generators give the same run")


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError with the argument's name: x that is not 2-D, k outside 1 … n, "
    "n_init below 1.",
)
def test_errors(kmeans):
    x, rng = np.zeros((4, 2)), np.random.default_rng(0)
    assert_raises(ValueError, kmeans, np.zeros(4), 1, rng, mentions="x")
    for k in (0, 5, -2):
        assert_raises(ValueError, kmeans, x, k, rng, mentions="k")
    for n_init in (0, -1):
        assert_raises(ValueError, kmeans, x, 1, rng, n_init=n_init, mentions="n_init")
