"""Nyström: against the whole matrix, and far beyond it."""

import numpy as np

from autograder.checks import assert_array, assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q8 (hidden)"
points = 5


def moons(n, noise, seed):
    rng = np.random.default_rng(seed)
    t, side = rng.random(n) * np.pi, np.arange(n) % 2
    x = np.where(side == 0, [np.cos(t), np.sin(t)], [1 - np.cos(t), 0.5 - np.sin(t)]).T
    return x + noise * rng.standard_normal((n, 2)), side


def two_means(u):
    """Labels of rows of length 1 in two groups."""
    centers = np.stack([u[0], u[np.argmin(u @ u[0])]])
    for _ in range(50):
        labels = ((u[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)
        centers = np.stack([u[labels == c].mean(axis=0) for c in (0, 1)])
    return labels


def rand_index(a, b):
    """Adjusted Rand index of two labellings with labels 0 and 1."""
    table = np.zeros((2, 2))
    np.add.at(table, (a, b), 1)

    def pairs(m):
        return (m * (m - 1) / 2).sum()

    both, first, second = pairs(table), pairs(table.sum(1)), pairs(table.sum(0))
    chance = first * second / (len(a) * (len(a) - 1) / 2)
    return (both - chance) / ((first + second) / 2 - chance)


def whole(x, k, gamma):
    """U @ U.T of the exact embedding; the affinity has ones on its diagonal."""
    w = np.exp(-gamma * ((x[:, None] - x) ** 2).sum(axis=2))
    half = 1 / np.sqrt(w.sum(axis=1))
    values, u = np.linalg.eigh(half[:, None] * w * half)
    assert k == len(x) or values[-k] - values[-k - 1] > 0.01, "the test's own points are ambiguous"
    u = u[:, -k:] / np.linalg.norm(u[:, -k:], axis=1, keepdims=True)
    return u @ u.T


def check_shape(u, n, k):
    assert_array(u, np.zeros((n, k)), rtol=0, atol=1 + 1e-9, what="embedding")
    assert_array((u**2).sum(axis=1), np.ones(n), what="squared lengths of the rows")


@test_case(
    name="every point a landmark: exact",
    points=1,
    hidden=True,
    failure_message="With landmarks = n the approximation is the matrix itself: degrees are its "
    "row sums (not those of C), the k largest eigenvectors of D^-½ W D^-½, rows of length 1.",
)
def test_exact(nystrom_embedding):
    rng = np.random.default_rng(801)
    for n, k, gamma, spots in ((40, 3, 0.8, 3), (25, 2, 0.5, 2), (30, 4, 0.6, 4)):
        x = rng.standard_normal((n, 2)) + 5.0 * (np.arange(n) % spots)[:, None]
        before = x.copy()
        u = nystrom_embedding(x, k, n, gamma, np.random.default_rng(n))
        check_shape(u, n, k)
        # Directions of K below 1e-10 of its largest are dropped: about 1e-5 in a row.
        assert_array(u @ u.T, whole(x, k, gamma), rtol=0, atol=1e-4, what="U @ U.T")
        assert_array(x, before, what="input x after the call")
    x = (np.arange(12) % 4)[:, None] * 3 + np.arange(12)[:, None] % 2
    u = nystrom_embedding(x.tolist(), 2, 12, 0.2, np.random.default_rng(1))
    check_shape(u, 12, 2)


@test_case(
    name="few landmarks: close to the whole",
    points=1,
    hidden=True,
    failure_message="When the landmarks cover the points, the approximation is close to the "
    "exact embedding. Is K's inverse in it, and are landmarks drawn from all points, each once?",
)
def test_close(nystrom_embedding):
    # A smooth affinity of 300 points is nearly of rank 30.
    x, _ = moons(300, 0.05, 802)
    wanted = whole(x, 2, 4.0)
    for seed in range(3):
        u = nystrom_embedding(x, 2, 90, 4.0, np.random.default_rng(seed))
        check_shape(u, 300, 2)
        error = np.abs(u @ u.T - wanted).max()
        expect(error < 0.02, "far from the exact embedding with 90 landmarks for 300 points")


@test_case(
    name="20 000 points on two moons",
    points=2,
    hidden=True,
    failure_message="Twenty thousand points with 150 landmarks: the moons are found (adjusted "
    "Rand index of 0.95), and the memory is that of a few (n, landmarks) arrays.",
)
def test_large(student):
    def probe(nystrom_embedding, x, k, landmarks, gamma):
        import tracemalloc

        import numpy as np

        tracemalloc.start()
        u = nystrom_embedding(x, k, landmarks, gamma, np.random.default_rng(3))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return u, peak

    x, truth = moons(20_000, 0.05, 803)
    u, peak = student(probe, x=x, k=2, landmarks=150, gamma=25.0)
    check_shape(u, 20_000, 2)
    expect(rand_index(two_means(u), truth) >= 0.95, "the moons were not found")
    # One (n, landmarks) array: 24 MB; the reference: 3 of them; the whole graph: 3200 MB.
    expect(peak < 400e6, f"the peak was {peak / 1e6:.0f} MB")


@test_case(
    name="coinciding points, far points",
    points=0.5,
    hidden=True,
    failure_message="Landmarks at the same place make K singular: drop eigenvalues that are lost "
    "in rounding. A point far from every landmark has affinities of 0: no NaN.",
)
def test_singular(nystrom_embedding):
    rng = np.random.default_rng(804)
    x = np.repeat(rng.standard_normal((10, 2)) * 3, 8, axis=0)
    u = nystrom_embedding(x, 2, 60, 0.5, np.random.default_rng(0))
    assert_array(u, np.zeros((80, 2)), rtol=0, atol=1 + 1e-6, what="embedding")
    same = np.repeat(u[::8], 8, axis=0)
    assert_array(u, same, rtol=0, atol=1e-6, what="embedding of coinciding points")
    # All points at one place, or at two: there are fewer directions than coordinates.
    u = nystrom_embedding(np.full((9, 2), 0.3), 3, 5, 1.0, np.random.default_rng(0))
    check_shape(u, 9, 3)
    places = np.repeat([[0.0, 0.0], [1.0, 0.5]], [4, 5], axis=0)
    check_shape(nystrom_embedding(places, 3, 9, 1.0, np.random.default_rng(0)), 9, 3)
    x = np.concatenate([rng.standard_normal((50, 2)), [[1e3, 0.0], [0.0, 1e3]]])
    for seed in range(3):
        u = nystrom_embedding(x, 2, 10, 1.0, np.random.default_rng(seed))
        check_shape(u, 52, 2)


@test_case(
    name="arguments that cannot be used, and rng",
    points=0.5,
    hidden=True,
    failure_message="ValueError with the argument's name: 1 <= k <= landmarks <= n, gamma > 0, x "
    "2-D. The same rng gives the same landmarks.",
)
def test_errors(nystrom_embedding):
    rng = np.random.default_rng(0)
    x = np.random.default_rng(805).standard_normal((8, 2))
    for landmarks in (9, 0):
        assert_raises(ValueError, nystrom_embedding, x, 1, landmarks, 1.0, rng)
    for k in (0, 5):
        assert_raises(ValueError, nystrom_embedding, x, k, 4, 1.0, rng, mentions="k")
    for gamma in (0.0, -2.0):
        assert_raises(ValueError, nystrom_embedding, x, 2, 4, gamma, rng, mentions="gamma")
    assert_raises(ValueError, nystrom_embedding, x[:, 0], 2, 4, 1.0, rng, mentions="x")
    found = {
        tuple(nystrom_embedding(x, 1, 1, 1.0, np.random.default_rng(s)).ravel().tolist())
        for s in range(3)
    }
    assert_equal(found, {(1.0,) * 8} if (1.0,) * 8 in found else {(-1.0,) * 8}, what="k = 1")
    one, two = (nystrom_embedding(x, 2, 4, 1.0, np.random.default_rng(6)) for _ in range(2))
    assert_array(two, one, rtol=0, atol=0, what="embedding of a second call")
    assert_equal(one.shape, (8, 2), what="shape")
