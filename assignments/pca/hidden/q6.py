"""Batch by batch: what must not be lost, and what must not be kept."""

import numpy as np

from autograder.checks import assert_array, assert_raises, expect, test_case

OK_FORMAT = False
name = "q6 (hidden)"
points = 7

# Updates by eigenvectors or by SVD both lose a few digits in each of up to 60 steps.
LOOSE = {"rtol": 1e-6, "atol": 1e-7}


def stream(student, batches, k):
    def probe(IncrementalPCA, batches, k):
        model = IncrementalPCA(k)
        for batch in batches:
            model.partial_fit(batch)
        p = model.result()
        return p.components, p.explained_variance, p.explained_variance_ratio, p.mean

    return well_formed(student(probe, batches=batches, k=k), k, batches[0].shape[1])


def well_formed(result, k, d):
    components, variance, ratio, mean = result
    for value, shape, what in (
        (components, (k, d), "components"),
        (variance, (k,), "explained_variance"),
        (ratio, (k,), "explained_variance_ratio"),
    ):
        expect(isinstance(value, np.ndarray), f"{what} should be an array")
        expect(value.shape == shape, f"{what} should have shape {shape}, not {value.shape}")
        expect(bool(np.isfinite(value).all()), f"{what} has entries that are not finite")
    assert_array(components @ components.T, np.eye(k), atol=1e-7, what="components @ components.T")
    expect(bool((variance >= 0).all()), "a variance is negative")
    return components, variance, ratio, mean


def exact(x):
    """Components of all rows together, all of them; variances; mean."""
    mean = x.mean(axis=0)
    _, sigma, vt = np.linalg.svd(x - mean, full_matrices=False)
    return vt, sigma**2 / (len(x) - 1), mean


def low_rank(rng, n, d, r):
    return rng.standard_normal((n, r)) * np.linspace(4, 1, r) @ rng.standard_normal((r, d)) + 5.0


def cut(x, sizes):
    return np.split(x, np.cumsum(sizes)[:-1])


def same(result, x, r):
    """Equal to PCA of all rows, whose rank is r, and zero beyond."""
    components, variance, ratio, mean = result
    vt, want, want_mean = exact(x)
    k = len(variance)
    padded = np.concatenate([want[:r], np.zeros(k)])[:k]
    assert_array(mean, want_mean, what="mean", **LOOSE)
    assert_array(variance, padded, what="explained_variance", **LOOSE)
    assert_array(ratio, padded / want.sum(), what="explained_variance_ratio", **LOOSE)
    r = min(r, k)
    got = components[:r].T @ components[:r]
    assert_array(got, vt[:r].T @ vt[:r], what="projector on the components", **LOOSE)
    largest = np.take_along_axis(components, np.abs(components).argmax(1)[:, None], axis=1)
    expect(bool((largest > 0).all()), "a component has the wrong sign")


@test_case(
    name="equal to PCA of all rows",
    points=1,
    hidden=True,
    failure_message="If the rank is at most k nothing is lost: whatever the sizes of the batches, "
    "the result is that of all rows together. Mind the difference of the means.",
)
def test_equal(student):
    rng = np.random.default_rng(611)
    for sizes, k, r in (([30, 30, 30], 4, 4), ([50, 3, 17, 20], 5, 3), ([2, 88], 4, 4)):
        x = low_rank(rng, 90, 8, r)
        same(stream(student, cut(x, sizes), k), x, r)
    x = low_rank(rng, 40, 70, 5)  # wide
    same(stream(student, cut(x, [15, 15, 10]), 6), x, 5)


@test_case(
    name="tiny batches",
    points=1,
    hidden=True,
    failure_message="Batches may have fewer rows than k, and a single one; they may hold integers. "
    "Fewer rows in all than k leave variances of 0; where all rows are equal the ratios are 0 too.",
)
def test_tiny(student):
    rng = np.random.default_rng(621)
    x = low_rank(rng, 30, 9, 4)
    same(stream(student, cut(x, [1] * 30), 6), x, 4)
    same(stream(student, cut(x, [2, 1, 3, 1] * 4 + [2]), 5), x, 4)
    x = rng.standard_normal((4, 9)) + 3
    same(stream(student, cut(x, [1, 2, 1]), 7), x, 3)
    same(stream(student, cut(x[:2], [1, 1]), 9), x[:2], 1)
    whole = rng.integers(-9, 9, (11, 3))
    for kind in (np.int32, np.float32):
        same(stream(student, cut(whole.astype(kind), [2, 5, 4]), 3), whole.astype(float), 3)
    _, variance, ratio, mean = stream(student, [np.full((2, 3), 4.0), np.full((3, 3), 4.0)], 2)
    assert_array(variance, [0, 0], what="explained_variance of equal rows")
    assert_array(ratio, [0, 0], what="explained_variance_ratio of equal rows")
    assert_array(mean, [4, 4, 4], what="mean of equal rows")


@test_case(
    name="batches that lie far apart",
    points=1,
    hidden=True,
    failure_message="The means of the batches differ much: that difference is variance too, and "
    "the mean is that of all rows, not of the last batch or of the batches.",
)
def test_drift(student):
    rng = np.random.default_rng(631)
    x = 0.3 * low_rank(rng, 65, 6, 2)
    sizes = [40, 5, 20]
    x += np.repeat(np.eye(3), sizes, axis=0) @ rng.uniform(-20, 20, (3, 6))
    same(stream(student, cut(x, sizes), 6), x, 4)
    same(stream(student, cut(x, sizes[::-1]), 5), x, 4)


@test_case(
    name="share of the whole variance",
    points=1,
    hidden=True,
    failure_message="The ratio refers to the variance of all columns and all rows, also to what "
    "was discarded on the way; the mean is exact.",
)
def test_total(student):
    rng = np.random.default_rng(641)
    x = rng.standard_normal((120, 12)) * np.linspace(3, 1, 12) + rng.uniform(-9, 9, 12)
    _, variance, ratio, mean = stream(student, cut(x, [40, 40, 25, 15]), 2)
    assert_array(mean, x.mean(axis=0), what="mean", **LOOSE)
    total = x.var(axis=0, ddof=1).sum()
    assert_array(ratio * total, variance, rtol=1e-6, what="ratio times the total variance")


@test_case(
    name="near PCA where something is discarded",
    points=0.5,
    hidden=True,
    failure_message="Strong directions must be found, each batch contributing its part: not only "
    "the last one, and not as a mean of results.",
)
def test_near(student):
    # Two strong directions above noise 300 times smaller in variance; each is seen in some batches
    # only. What a correct update discards is of the size of the noise.
    rng = np.random.default_rng(651)
    v = np.linalg.qr(rng.standard_normal((10, 2)))[0].T
    weights = np.repeat([[8.0, 0.0], [0.0, 5.0], [6.0, 0.0], [0.0, 0.1]], 30, axis=0)
    x = rng.standard_normal((120, 2)) * weights @ v + 0.3 * rng.standard_normal((120, 10))
    components, variance, _, _ = stream(student, cut(x, [30] * 4), 2)
    _, want, _ = exact(x)
    found = (
        x.var(axis=0, ddof=1).sum()
        - ((x - x.mean(axis=0)) @ (np.eye(10) - components.T @ components))
        .var(axis=0, ddof=1)
        .sum()
    )
    expect(bool(found > 0.98 * want[:2].sum()), f"{found / want[:2].sum():.1%} of it was found")
    assert_array(variance, want[:2], rtol=0.05, what="explained_variance")


@test_case(
    name="memory",
    points=0.5,
    hidden=True,
    failure_message="What is kept must not grow with the number of rows.",
)
def test_memory(student):
    def probe(IncrementalPCA, batches):
        import gc
        import tracemalloc

        import numpy as np

        rng = np.random.default_rng(0)
        model = IncrementalPCA(4)
        kept = []
        tracemalloc.start()
        for i in range(batches):
            model.partial_fit(rng.standard_normal((50, 40)))
            if i in (9, batches - 1):
                gc.collect()
                kept.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        return kept

    after_10, after_50 = student(probe, batches=50)
    # 40 batches have 640 kB.
    expect(after_50 < after_10 + 150e3, f"{(after_50 - after_10) / 1e3:.0f} kB more are kept")


@test_case(
    name="results on the way; two objects",
    points=1,
    hidden=True,
    failure_message="result() may be called at any time from two rows on, changes nothing, and "
    "stays what it is when more batches come. Two objects know nothing of each other, and none "
    "of what becomes of a batch. partial_fit returns the object.",
)
def test_on_the_way(student):
    def probe(IncrementalPCA, x, y):
        model, other = IncrementalPCA(3), IncrementalPCA(3)
        buffer = x[:20].copy()  # is filled anew by whoever reads the batches
        model.partial_fit(buffer)
        buffer[:] = 1e6
        other.partial_fit(y)
        early = model.result()
        snapshot = early.mean.copy(), early.components.copy(), early.explained_variance.copy()
        model.result()
        p = model.partial_fit(x[20:].tolist()).result()
        moved = sum(
            float(abs(a - b).max())
            for a, b in zip(
                snapshot, (early.mean, early.components, early.explained_variance), strict=True
            )
        )
        result = p.components, p.explained_variance, p.explained_variance_ratio, p.mean
        return result, snapshot[0], moved

    rng = np.random.default_rng(671)
    x, y = low_rank(rng, 50, 5, 3), low_rank(rng, 10, 5, 3) + 7
    result, early_mean, moved = student(probe, x=x, y=y)
    assert_array(early_mean, x[:20].mean(axis=0), what="mean after the first batch")
    assert_array(moved, 0.0, what="change of an earlier result")
    same(well_formed(result, 3, 5), x, 3)


def early_probe(IncrementalPCA, k, batches):
    model = IncrementalPCA(k)
    for batch in batches:
        model.partial_fit(batch)
    return model.result().mean


@test_case(
    name="arguments that cannot be used",
    points=1,
    hidden=True,
    failure_message="ValueError for k below 1 or above d, for batches that are not 2-D or have "
    "another number of columns or no rows, and for a result before two rows.",
)
def test_errors(student):
    rows = np.random.default_rng(681).standard_normal((5, 4))
    for k, batches in (
        (0, [rows]),
        (-2, [rows]),
        (5, [rows]),
        (2, []),
        (2, [rows[:1]]),
        (2, [rows[0]]),
        (2, [rows[None]]),
        (2, [rows[:0]]),
        (2, [rows, rows[:0]]),
        (2, [rows[:3], rows[3:, :3]]),
        (1, [rows[:3], rows[3:, :1]]),
        (1, [rows[:3, :1], rows[3:]]),
    ):
        assert_raises(ValueError, student, early_probe, k=k, batches=batches)
    x = rows.copy()
    student(early_probe, k=2, batches=[x])
    assert_array(x, rows, what="the batch after the call")
