"""SVD and Gram matrix: long tables, wide tables, and beyond the rank."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q3 (hidden)"
points = 7

# Components of tables built from known ones agree to rounding times 1/gap, for the Gram matrix
# with squared numbers; 1e-7 leaves room.
LOOSE = {"rtol": 1e-6, "atol": 1e-7}


def by_svd(student, x, k):
    def probe(pca_svd, x, k):
        before = x.copy()
        p = pca_svd(x, k)
        unchanged = bool((x == before).all())
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean, unchanged

    return well_formed(student(probe, x=x, k=k), x, k)


def by_gram(student, x, k):
    def probe(pca_gram, x, k):
        before = x.copy()
        p = pca_gram(x, k)
        unchanged = bool((x == before).all())
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean, unchanged

    return well_formed(student(probe, x=x, k=k), x, k)


def well_formed(result, x, k):
    components, variance, ratio, mean, unchanged = result
    for value, shape, what in (
        (components, (k, x.shape[1]), "components"),
        (variance, (k,), "explained_variance"),
        (ratio, (k,), "explained_variance_ratio"),
    ):
        expect(isinstance(value, np.ndarray), f"{what} should be an array")
        expect(value.shape == shape, f"{what} should have shape {shape}, not {value.shape}")
        expect(bool(np.isfinite(value).all()), f"{what} has entries that are not finite")
    expect(unchanged, "x was modified")
    assert_array(components @ components.T, np.eye(k), atol=1e-7, what="components @ components.T")
    expect(bool((variance >= 0).all()), "a variance is negative")
    return components, variance, ratio, mean


def build(rng, n, d, variances):
    """A table (n, d) with these variances along orthonormal rows; the rows, and the mean."""
    r = len(variances)
    u = rng.standard_normal((n, r))
    u = np.linalg.qr(u - u.mean(axis=0))[0]  # orthonormal columns that sum to 0
    v = np.linalg.qr(rng.standard_normal((d, r)))[0].T
    mean = rng.uniform(-3, 3, d)
    return u * np.sqrt((n - 1) * np.asarray(variances)) @ v + mean, v, mean


def check_known(student, by, n, d, k, seed):
    variances = np.array([9.0, 4.0, 2.5, 1.0, 0.3, 1e-3])
    total = variances.sum()
    x, v, mean = build(np.random.default_rng(seed), n, d, variances)
    components, variance, ratio, got_mean = by(student, x, k)
    r = min(k, len(variances))
    want = np.concatenate([variances[:r], np.zeros(k - r)])
    assert_array(got_mean, mean, what="mean")
    assert_array(variance, want, what="explained_variance", **LOOSE)
    assert_array(ratio, want / total, what="explained_variance_ratio", **LOOSE)
    signs = np.sign(np.sum(components[:r] * v[:r], axis=1, keepdims=True))
    assert_array(components[:r] * signs, v[:r], what="components up to sign", **LOOSE)
    for row in components[:r]:
        expect(bool(row[np.argmax(np.abs(row))] > 0), "a component has the wrong sign")


@test_case(
    name="pca_svd: known components",
    points=1,
    hidden=True,
    failure_message="pca_svd on long and wide tables: squared singular values over n - 1, ratios "
    "of the whole variance, the sign rule.",
)
def test_svd(student):
    for n, d, k, seed in ((50, 6, 6, 31), (50, 8, 2, 32), (8, 40, 5, 33), (9, 9, 1, 34)):
        check_known(student, by_svd, n, d, k, seed)


@test_case(
    name="pca_gram: known components",
    points=1,
    hidden=True,
    failure_message="pca_gram on wide and long tables: eigenvalues of the Gram matrix over n - 1, "
    "rows of length 1, ratios of the whole variance, the sign rule.",
)
def test_gram(student):
    for n, d, k, seed in ((8, 40, 6, 35), (10, 30, 2, 36), (50, 6, 6, 37), (9, 9, 1, 38)):
        check_known(student, by_gram, n, d, k, seed)


@test_case(
    name="pca_svd: beyond the rank, beyond n",
    points=1,
    hidden=True,
    failure_message="pca_svd with k larger than the rank, and larger than n: k orthonormal rows, "
    "variance 0 for those beyond.",
)
def test_svd_beyond(student):
    for n, d, k, seed in ((7, 20, 7, 41), (8, 20, 20, 42), (60, 9, 9, 43)):
        check_known(student, by_svd, n, d, k, seed)


@test_case(
    name="pca_gram: beyond the rank, beyond n",
    points=1,
    hidden=True,
    failure_message="pca_gram with k larger than the rank, and larger than n: nothing is divided "
    "by 0, k rows are orthonormal.",
)
def test_gram_beyond(student):
    for n, d, k, seed in ((7, 20, 7, 44), (8, 20, 20, 45), (60, 9, 9, 46)):
        check_known(student, by_gram, n, d, k, seed)


def check_wide(result, variances):
    peak, got, cosines = result
    assert_array(got, variances, what="explained_variance", **LOOSE)
    assert_array(cosines, np.ones(3), what="cosines with the known components", **LOOSE)
    # The table has 8 MB, d × d numbers have 3 200 MB; the reference needs 18.
    expect(peak < 120e6, f"{peak / 1e6:.0f} MB were allocated on the way")


@test_case(
    name="pca_svd: 50 rows, 20 000 columns",
    points=1,
    hidden=True,
    failure_message="pca_svd on a very wide table: is a matrix with d × d entries made on the way? "
    "What does `full_matrices` say?",
)
def test_svd_wide(student):
    def probe(pca_svd, n, d):
        import tracemalloc

        import numpy as np

        columns = np.arange(d)
        v = np.array([(columns % 4 == j) / np.sqrt(d / 4) for j in range(3)])
        angles = 2 * np.pi * np.outer(np.arange(n), [1, 2, 3]) / n
        x = np.cos(angles) * [3.0, 2.0, 1.0] @ v + 1.0
        tracemalloc.start()
        p = pca_svd(x, 3)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak, p.explained_variance, np.abs(np.sum(p.components * v, axis=1))

    check_wide(student(probe, n=50, d=20000), np.array([9, 4, 1]) * 25 / 49)


@test_case(
    name="pca_gram: 50 rows, 20 000 columns",
    points=1,
    hidden=True,
    failure_message="pca_gram on a very wide table: is a matrix with d × d entries made on the "
    "way?",
)
def test_gram_wide(student):
    def probe(pca_gram, n, d):
        import tracemalloc

        import numpy as np

        columns = np.arange(d)
        v = np.array([(columns % 4 == j) / np.sqrt(d / 4) for j in range(3)])
        angles = 2 * np.pi * np.outer(np.arange(n), [1, 2, 3]) / n
        x = np.cos(angles) * [3.0, 2.0, 1.0] @ v + 1.0
        tracemalloc.start()
        p = pca_gram(x, 3)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak, p.explained_variance, np.abs(np.sum(p.components * v, axis=1))

    check_wide(student(probe, n=50, d=20000), np.array([9, 4, 1]) * 25 / 49)


@test_case(
    name="no variance; bad arguments",
    points=1,
    hidden=True,
    failure_message="If all rows are the same the ratios are 0. ValueError for tables that are not "
    "2-D or have fewer than two rows, and for k below 1 or above d. Lists, integers and single "
    "precision are tables too.",
)
def test_edges(student, pca_svd, pca_gram):
    for by in (by_svd, by_gram):
        _, variance, ratio, _ = by(student, np.full((4, 3), 2.0), 2)
        assert_array(variance, [0, 0], what="explained_variance")
        assert_array(ratio, [0, 0], what="explained_variance_ratio")

    def kinds(pca_svd, pca_gram, x):
        import numpy as np

        x = np.asfortranarray(x)
        x.flags.writeable = False
        found = [
            f(t, 1) for f in (pca_svd, pca_gram) for t in (x, x.tolist(), x.astype(np.float32))
        ]
        return [(p.components, p.explained_variance, p.mean) for p in found]

    for components, variance, mean in student(kinds, x=np.array([[3, 1, 0], [1, 1, 2]])):
        root = np.sqrt(2)
        want = [[1 / root, 0, -1 / root]]
        assert_array(np.abs(components), np.abs(want), dtype=np.float64, what="|components|")
        assert_array(variance, [4.0], dtype=np.float64, what="explained_variance")
        assert_array(mean, [2.0, 1.0, 1.0], dtype=np.float64, what="mean")
    x = np.random.default_rng(47).standard_normal((4, 6))
    for function in (pca_svd, pca_gram):
        for k in (-1, 0, 7):
            assert_raises(ValueError, function, x, k, mentions="k")
        for bad in (x[0], x[:1], x[None]):
            assert_raises(ValueError, function, bad, 1)
