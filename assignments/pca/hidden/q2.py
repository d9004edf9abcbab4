"""The directions of largest spread: tables whose components are known."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 8

# Components of tables built from known ones agree to rounding times 1/gap; 1e-8 leaves room.
LOOSE = {"rtol": 1e-7, "atol": 1e-8}


def fit(student, x, k):
    def probe(pca_eigh, x, k):
        before = x.copy()
        p = pca_eigh(x, k)
        unchanged = bool((x == before).all())
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean, unchanged

    components, variance, ratio, mean, unchanged = student(probe, x=x, k=k)
    for value, shape, what in (
        (components, (k, x.shape[1]), "components"),
        (variance, (k,), "explained_variance"),
        (ratio, (k,), "explained_variance_ratio"),
    ):
        expect(isinstance(value, np.ndarray), f"{what} should be an array")
        expect(value.shape == shape, f"{what} should have shape {shape}, not {value.shape}")
        expect(bool(np.isfinite(value).all()), f"{what} has entries that are not finite")
    expect(unchanged, "x was modified")
    assert_array(components @ components.T, np.eye(k), atol=1e-9, what="components @ components.T")
    return components, variance, ratio, mean


def build(rng, n, d, variances):
    """A table (n, d) with these variances along orthonormal rows; the rows, and the mean."""
    r = len(variances)
    u = rng.standard_normal((n, r))
    u = np.linalg.qr(u - u.mean(axis=0))[0]  # orthonormal columns that sum to 0
    v = np.linalg.qr(rng.standard_normal((d, r)))[0].T
    mean = rng.uniform(-3, 3, d)
    return u * np.sqrt((n - 1) * np.asarray(variances)) @ v + mean, v, mean


def same_directions(got, want):
    """Row by row the same direction, of either sign."""
    signs = np.sign(np.sum(got * want, axis=1, keepdims=True))
    assert_array(got * signs, want, what="components up to sign", **LOOSE)


@test_case(
    name="tables built from known components",
    points=2,
    hidden=True,
    failure_message="Largest variance first; components are the rows; n - 1 in the denominator; "
    "the mean row is kept.",
)
def test_known(student):
    rng = np.random.default_rng(21)
    for n, d in ((40, 6), (7, 5)):
        variances = np.array([9.0, 4.0, 2.5, 1.0, 0.3])
        x, v, mean = build(rng, n, d, variances)
        for k in (1, 3, 5):
            components, variance, _, got_mean = fit(student, x, k)
            assert_array(got_mean, mean, what="mean")
            assert_array(variance, variances[:k], what="explained_variance", **LOOSE)
            same_directions(components, v[:k])


@test_case(
    name="any table of numbers",
    points=0.5,
    hidden=True,
    failure_message="Lists, integers, single precision, one column, any layout in memory: the "
    "results are float64 arrays. The same call once more gives the same.",
)
def test_kinds(student):
    def probe(pca_eigh, x, k, kind):
        import numpy as np

        if kind == "tuples":
            x = tuple(tuple(row) for row in x.tolist())
        elif kind == "spread":
            wide = np.zeros((2 * len(x), x.shape[1]))
            wide[::2] = x
            x = wide[::2]
            x.flags.writeable = False
        elif kind:
            x = np.asfortranarray(x, dtype=kind)
        first, again = pca_eigh(x, k), pca_eigh(x, k)
        same = bool(np.array_equal(first.components, again.components))
        return (
            first.components,
            first.explained_variance,
            first.explained_variance_ratio,
            first.mean,
            same,
        )

    x = np.array([[9, 5], [1, 1], [4, 5], [6, 1]])
    for kind in ("tuples", "spread", "int32", "float32", "float64"):
        components, variance, ratio, mean, same = student(probe, x=x, k=2, kind=kind)
        root = np.sqrt(5)
        want = [[2 / root, 1 / root], [-1 / root, 2 / root]]
        assert_array(components, want, dtype=np.float64, what="components")
        assert_array(variance, [40 / 3, 10 / 3], dtype=np.float64, what="explained_variance")
        assert_array(ratio, [0.8, 0.2], dtype=np.float64, what="explained_variance_ratio")
        assert_array(mean, [5, 3], dtype=np.float64, what="mean")
        expect(same, "the second call gives other components")
    components, variance, ratio, _, _ = student(probe, x=x[:, :1], k=1, kind="")
    assert_array(components, [[1.0]], what="components of one column")
    assert_array(variance, [34 / 3], what="explained_variance of one column")
    assert_array(ratio, [1.0], what="explained_variance_ratio of one column")


@test_case(
    name="ratios are shares of everything",
    points=1,
    hidden=True,
    failure_message="Divide by the variance of all columns together, not by that of the components "
    "you keep.",
)
def test_ratio(student):
    x, _, _ = build(np.random.default_rng(22), 30, 4, [5.0, 3.0, 1.5, 0.5])
    for k in (1, 2, 4):
        ratio = fit(student, x, k)[2]
        assert_array(ratio, [0.5, 0.3, 0.15, 0.05][:k], what="explained_variance_ratio", **LOOSE)


@test_case(
    name="the sign rule",
    points=1,
    hidden=True,
    failure_message="In each component the entry of largest magnitude is positive. It is not "
    "always the first entry, and says nothing about the sum.",
)
def test_signs(student):
    v = np.array([[3, -2, -2, -2], [-2, 2, 2, -3], [2, 2, 3, 2], [-2, -3, 2, 2]])
    u = np.array([[1, 1, 1, 1, -1, -1, -1, -1], [1, 1, -1, -1, 1, 1, -1, -1], [1, -1] * 4])
    u = np.vstack([u, u[0] * u[1] * u[2]])  # orthogonal rows that sum to 0
    rows = orthonormal(v)
    for rows in (rows, -rows, rows[:, ::-1], -rows[:, ::-1]):
        x = (u.T * [4.0, 3.0, 2.0, 1.0]) @ rows
        components = fit(student, x, 4)[0]
        for row in components:
            size = np.abs(row)
            first = int(np.argmax(size >= size.max() * (1 - 1e-9)))  # ties: either reading
            expect(
                bool(row[np.argmax(size)] > 0 or row[first] > 0), "a component has the wrong sign"
            )
    # Nearly along the columns: what else is in a component is small, but not 0.
    rows = orthonormal(np.array([[-1e-7, 1, 0], [1, 1e-7, 0], [0, 0, 1]]))
    for rows in (rows, -rows, rows[:, ::-1], -rows[:, ::-1]):
        components = fit(student, (u[:3].T * [4.0, 3.0, 2.0]) @ rows, 3)[0]
        expect(bool((components.max(axis=1) > 0.9).all()), "a component has the wrong sign")


@test_case(
    name="more components than the rank",
    points=1,
    hidden=True,
    failure_message="Beyond the rank the variances are 0, never negative, and the rows complete an "
    "orthonormal set.",
)
def test_rank(student):
    rng = np.random.default_rng(24)
    for n, d, r in ((4, 9, 3), (30, 8, 2), (2, 5, 1)):
        variances = np.linspace(3, 1, r)
        x, v, _ = build(rng, n, d, variances)
        components, variance, ratio, _ = fit(student, x, d)
        expect(bool((variance >= 0).all()), "a variance is negative")
        want = np.concatenate([variances, np.zeros(d - r)])
        assert_array(variance, want, what="explained_variance", **LOOSE)
        assert_array(ratio, want / want.sum(), what="explained_variance_ratio", **LOOSE)
        same_directions(components[:r], v)


@test_case(
    name="a mean much larger than the spread",
    points=1,
    hidden=True,
    failure_message="Centre before you multiply: with a large mean the difference of two huge sums "
    "has no digits left.",
)
def test_offset(student):
    x, v, _ = build(np.random.default_rng(25), 50, 4, [4.0, 2.0, 1.0, 0.5])
    components, variance, *_ = fit(student, x + 1e7, 4)
    # x + 1e7 is itself rounded to 1e-9; the uncentred formula would be off by more than 0.01.
    assert_array(variance, [4.0, 2.0, 1.0, 0.5], rtol=1e-6, what="explained_variance")
    assert_array(np.abs(np.sum(components * v, axis=1)), np.ones(4), rtol=1e-6, what="|cosines|")


@test_case(
    name="all rows the same",
    points=1,
    hidden=True,
    failure_message="No variance at all: the ratios are 0, and nothing is divided by 0.",
)
def test_constant(student):
    _, variance, ratio, mean = fit(student, np.full((5, 3), 2.0), 2)
    assert_array(variance, [0, 0], what="explained_variance")
    assert_array(ratio, [0, 0], what="explained_variance_ratio")
    assert_array(mean, [2, 2, 2], what="mean")


@test_case(
    name="arguments that cannot be used",
    points=0.5,
    hidden=True,
    failure_message="ValueError for tables that are not 2-D or have fewer than two rows, and for k "
    "below 1 or above d (with its name in the message).",
)
def test_errors(pca_eigh):
    x = np.random.default_rng(26).standard_normal((6, 3))
    for k in (-1, 0, 4):
        assert_raises(ValueError, pca_eigh, x, k, mentions="k")
    for bad in (x[0], x[:1], x[None]):
        assert_raises(ValueError, pca_eigh, bad, 1)


def orthonormal(rows):
    """Gram-Schmidt that keeps the direction of each row as far as it can."""
    q, r = np.linalg.qr(np.asarray(rows, dtype=float).T)
    return (q * np.sign(np.diag(r))).T
